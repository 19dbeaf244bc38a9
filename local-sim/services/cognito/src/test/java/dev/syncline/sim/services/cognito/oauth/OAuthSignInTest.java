// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.form;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.hidden;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.json;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.location;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.parameter;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.text;
import static dev.syncline.sim.services.cognito.token.TokenFixture.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-in at the domain of a pool, and what an attacker may try there. */
class OAuthSignInTest {
  private final OAuthDomain domain = new OAuthDomain();

  @AfterEach
  void close() {
    domain.close();
  }

  @Test
  void aUserSignsInAndTheCodeBecomesTokens() {
    String query = domain.query("scope", "openid email", "state", "s 1&x", "nonce", "n");
    HttpResponse first = domain.send("GET", "/oauth2/authorize?" + query, "");
    assertThat(first.status()).isEqualTo(302);
    assertThat(location(first)).isEqualTo("/login?" + query);

    HttpResponse done = domain.login(query, "alice", OAuthDomain.PASSWORD);
    assertThat(location(done)).startsWith(OAuthDomain.APP + "?code=");
    assertThat(parameter(done, "state")).isEqualTo("s 1&x");

    HttpResponse answer = domain.exchange(parameter(done, "code"));
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    ObjectNode tokens = json(answer);
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
    ObjectNode id = claims(tokens.path("id_token").asText());
    assertThat(id.path("nonce").asText()).isEqualTo("n");
    assertThat(id.path("email").asText()).isEqualTo("alice@example.com");
    ObjectNode access = claims(tokens.path("access_token").asText());
    assertThat(access.path("scope").asText()).isEqualTo("openid email");
    assertThat(access.path("version").asInt()).isEqualTo(2);

    HttpResponse info =
        domain.send(
            "GET",
            "/oauth2/userInfo",
            "",
            "Authorization",
            "Bearer " + tokens.path("access_token").asText());
    assertThat(json(info).path("email_verified").asText()).isEqualTo("true");
    assertThat(json(info).path("email_verified").isTextual()).isTrue();
    assertThat(json(info).path("username").asText()).isEqualTo("alice");
  }

  @Test
  void aSessionOfTheBrowserNeedsNoSecondPassword() {
    domain.code();
    HttpResponse again = domain.send("GET", "/oauth2/authorize?" + domain.query(), "");
    assertThat(location(again)).startsWith(OAuthDomain.APP + "?code=");
    assertThat(
            location(
                domain.send("GET", "/oauth2/authorize?" + domain.query("prompt", "login"), "")))
        .startsWith("/login?");
    domain.clock.advance(Duration.ofHours(1));
    HttpResponse late =
        domain.send("GET", "/oauth2/authorize?" + domain.query("prompt", "none"), "");
    assertThat(location(late)).isEqualTo(OAuthDomain.APP + "?error=login_required");
  }

  @Test
  void logoutEndsTheSession() {
    domain.code();
    HttpResponse out =
        domain.send(
            "GET",
            "/logout?" + form("client_id", domain.clientId, "logout_uri", "http://localhost:5173/"),
            "");
    assertThat(location(out)).isEqualTo("http://localhost:5173/");
    assertThat(domain.cookies).doesNotContainKey("cognito");
    assertThat(location(domain.send("GET", "/oauth2/authorize?" + domain.query(), "")))
        .startsWith("/login?");
  }

  @Test
  void aWrongPasswordShowsTheFormAgain() {
    HttpResponse page = domain.login(domain.query(), "alice", "wrong");
    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page)).contains("role=\"alert\">Incorrect username or password.");
    for (int i = 0; i < 5; i++) {
      page = domain.login(domain.query(), "alice", "wrong");
    }
    assertThat(text(domain.login(domain.query(), "alice", OAuthDomain.PASSWORD)))
        .contains("Password attempts exceeded");
  }

  @Test
  void aTemporaryPasswordIsReplaced() {
    domain.user("bob", false);
    HttpResponse page = domain.login(domain.query(), "bob", OAuthDomain.PASSWORD);
    assertThat(text(page)).contains("Change password").contains("new-password");
    String[] hidden = {"_csrf", "challenge", "session", "username"};
    var values = new String[10];
    for (int i = 0; i < 4; i++) {
      values[2 * i] = hidden[i];
      values[2 * i + 1] = hidden(page, hidden[i]);
    }
    values[8] = "NEW_PASSWORD";
    values[9] = "short";
    HttpResponse refused = domain.send("POST", "/login?" + domain.query(), form(values));
    assertThat(text(refused)).contains("Change password").contains("Password");
    values[9] = "Another1!";
    HttpResponse done = domain.send("POST", "/login?" + domain.query(), form(values));
    assertThat(location(done)).startsWith(OAuthDomain.APP + "?code=");
  }

  @Test
  void theImplicitFlowAnswersInTheFragment() {
    HttpResponse done =
        domain.login(
            domain.query("response_type", "token", "state", "s"), "alice", OAuthDomain.PASSWORD);
    assertThat(location(done)).startsWith(OAuthDomain.APP + "#id_token=");
    assertThat(location(done)).contains("&token_type=Bearer&state=s").doesNotContain("refresh");
  }

  @Test
  void onlyRegisteredAddressesAreRedirectedTo() {
    for (String evil :
        new String[] {
          "https://evil.example/",
          OAuthDomain.APP + "/",
          OAuthDomain.APP + "?x=1",
          OAuthDomain.APP.replace("5173", "5174"),
          "//evil.example",
          "javascript:alert(1)",
          OAuthDomain.APP + "\r\nSet-Cookie: x=1"
        }) {
      for (String path : new String[] {"/oauth2/authorize", "/login"}) {
        HttpResponse answer =
            domain.send("GET", path + "?" + domain.query("redirect_uri", evil), "");
        assertThat(location(answer)).as(evil).startsWith("/error?error=redirect_mismatch");
      }
      HttpResponse out =
          domain.send(
              "GET", "/logout?" + form("client_id", domain.clientId, "logout_uri", evil), "");
      assertThat(location(out)).as(evil).startsWith("/error?error=redirect_mismatch");
    }
    HttpResponse unknown =
        domain.send("GET", "/oauth2/authorize?" + domain.query("client_id", "nobody"), "");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(location(unknown)).isEmpty();
  }

  @Test
  void errorsOfARegisteredApplicationGoThere() {
    String[][] cases = {
      {"scope", "api/read", "invalid_scope"},
      {"response_type", "none", "invalid_request"},
      {"code_challenge", "x", "invalid_request"},
      {"identity_provider", "Google", "invalid_request"}
    };
    for (String[] one : cases) {
      HttpResponse answer =
          domain.send("GET", "/oauth2/authorize?" + domain.query("state", "s", one[0], one[1]), "");
      assertThat(location(answer)).startsWith(OAuthDomain.APP + "?error=" + one[2]);
      assertThat(parameter(answer, "state")).isEqualTo("s");
    }
  }

  @Test
  void textsOfARequestAreNeverMarkup() {
    String script = "\"><script>alert(1)</script><a href='";
    HttpResponse page =
        domain.send("GET", "/login?" + domain.query("state", script, "x", script), "");
    assertThat(text(page)).doesNotContain("<script");
    assertThat(text(domain.send("GET", "/error?" + form("error", script), "")))
        .doesNotContain("<script");
    assertThat(text(domain.login(domain.query(), script, script))).doesNotContain("<script");
    HttpResponse raw = domain.send("GET", "/login?" + domain.query() + "&y=" + script, "");
    assertThat(text(raw)).doesNotContain("<script");
    assertThat(page.headers().first("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'");
    assertThat(page.headers().first("X-Frame-Options")).contains("DENY");
  }

  @Test
  void aFormNeedsItsSecretAndItsOwnSite() {
    String query = domain.query();
    HttpResponse page = domain.send("GET", "/login?" + query, "");
    String good =
        form("_csrf", hidden(page, "_csrf"), "username", "alice", "password", OAuthDomain.PASSWORD);
    String bad = form("_csrf", "guess", "username", "alice", "password", OAuthDomain.PASSWORD);

    assertThat(location(domain.send("POST", "/login?" + query, bad))).isEmpty();
    assertThat(
            domain.send("POST", "/login?" + query, good, "Origin", "https://evil.example").status())
        .isEqualTo(403);
    assertThat(
            domain.send("POST", "/login?" + query, good, "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(
            location(
                domain.send(
                    "POST", "/login?" + query, good, "Origin", "http://" + OAuthDomain.HOST)))
        .contains("?code=");
    domain.cookies.clear();
    assertThat(location(domain.send("POST", "/login?" + query, good))).isEmpty();
  }

  @Test
  void aForeignSecretInTheCookieIsReplaced() {
    domain.cookies.put("XSRF-TOKEN", "\"><b>x");
    HttpResponse page = domain.send("GET", "/login?" + domain.query(), "");
    assertThat(hidden(page, "_csrf")).matches("[0-9a-f-]{36}");
    assertThat(domain.cookies.get("XSRF-TOKEN")).isEqualTo(hidden(page, "_csrf"));
  }

  @Test
  void cookiesAreKeptFromScriptsAndOtherPaths() {
    String base = "/_aws/cognito/people";
    HttpResponse page =
        domain.sendTo("127.0.0.1:4566", "GET", base + "/login?" + domain.query(), "");
    String cookie = page.headers().first("Set-Cookie").orElse("");
    assertThat(cookie).contains("; Path=" + base + "; HttpOnly; SameSite=Lax");
    assertThat(text(page)).contains("action=\"" + base + "/login?");
  }

  @Test
  void theDomainAnswersBelowThePortByNameAndByPool() {
    for (String name : new String[] {"people", domain.poolId}) {
      HttpResponse answer =
          domain.sendTo(
              "localhost:4566",
              "GET",
              "/_aws/cognito/" + name + "/oauth2/authorize?" + domain.query(),
              "");
      assertThat(location(answer)).startsWith("/_aws/cognito/" + name + "/login?");
    }
    HttpResponse none = domain.sendTo("localhost", "GET", "/_aws/cognito/nobody/login", "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(domain.send("GET", "/saml2/idpresponse", "").status()).isEqualTo(404);
  }

  @Test
  void anotherRegionHasAnotherDomain() {
    HttpResponse answer =
        domain.sendTo("people.auth.eu-west-1.amazoncognito.com", "GET", "/login", "");
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void theJournalHasNoSecrets() {
    String code = domain.code("state", "st4te");
    ObjectNode tokens = json(domain.exchange(code));
    String journal = domain.journal.select(entry -> true).toString();
    assertThat(journal)
        .doesNotContain(code)
        .doesNotContain(OAuthDomain.PASSWORD)
        .doesNotContain(tokens.path("refresh_token").asText())
        .doesNotContain(tokens.path("access_token").asText())
        .doesNotContain(tokens.path("id_token").asText());
  }

  @Test
  void repeatedAndLongParametersAreRefused() {
    HttpResponse twice =
        domain.send(
            "GET", "/oauth2/authorize?" + domain.query() + "&redirect_uri=https://evil", "");
    assertThat(twice.status()).isEqualTo(400);
    assertThat(location(twice)).isEmpty();
    HttpResponse longer =
        domain.send("GET", "/login?" + domain.query("state", "x".repeat(9000)), "");
    assertThat(longer.status()).isEqualTo(400);
    assertThat(new String(longer.body(), StandardCharsets.UTF_8)).contains("8192");
  }
}
