// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Grant;
import dev.syncline.sim.services.cognito.token.PoolTokenService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /oauth2/authorize}, {@code /login} and {@code /logout}: what a browser visits. An answer
 * leads to an address outside only if the client has registered that address. Thread-safe.
 */
record AuthorizePages(
    OAuthClients clients, OAuthCodes codes, LoginSteps steps, OAuthTokenGrants tokens) {
  /** A request that must not be redirected. */
  private static final class PageError extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponse page;

    PageError(HttpResponse page) {
      super("", null, false, false);
      this.page = page;
    }
  }

  private interface Handling {
    HttpResponse answer(AuthorizeRequest asked) throws OAuthRefusal;
  }

  /** Answers with a code or tokens in a session, and otherwise with the login page. */
  HttpResponse authorize(OAuthSite site) {
    return handled(
        site,
        asked -> {
          Optional<PoolUser> user =
              asked.prompt().equals("login") ? Optional.empty() : signedIn(site);
          if (user.isPresent()) {
            return granted(site, asked, user.get());
          }
          if (asked.prompt().equals("none")) {
            throw new OAuthRefusal("login_required");
          }
          return OAuthAnswers.redirect(site.at("/login") + "?" + site.request().rawQuery());
        });
  }

  /** The first form. */
  HttpResponse loginPage(OAuthSite site) {
    return handled(site, asked -> fresh(site, ""));
  }

  private HttpResponse fresh(OAuthSite site, String error) {
    String token = OAuthCookies.read(site, OAuthCookies.FORM).orElseGet(codes::formToken);
    return OAuthCookies.put(site, LoginSteps.first(site, token, error), OAuthCookies.FORM, token);
  }

  /** A form that was sent. */
  HttpResponse login(OAuthSite site) {
    return handled(
        site,
        asked -> {
          OAuthParameters form = OAuthParameters.ofForm(site.request());
          String token = OAuthCookies.read(site, OAuthCookies.FORM).orElse("");
          if (token.isEmpty() || !same(token, form.text("_csrf"))) {
            return fresh(site, "The form has expired. Please sign in once more.");
          }
          return switch (steps.next(site, asked, form, token)) {
            case LoginSteps.Result.Page page -> page.page();
            case LoginSteps.Result.SignedIn done -> {
              PoolUser user =
                  tokens
                      .store()
                      .findUser(site.pool().id(), done.username(), true)
                      .orElseThrow(() -> new OAuthRefusal("server_error"));
              String session = codes.open(site.pool().id(), OAuthCodes.Who.of(user));
              yield OAuthCookies.put(
                  site, granted(site, asked, user), OAuthCookies.SESSION, session);
            }
          };
        });
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<PoolUser> signedIn(OAuthSite site) {
    return OAuthCookies.read(site, OAuthCookies.SESSION)
        .flatMap(id -> codes.session(site.pool().id(), id))
        .flatMap(who -> tokens.user(site.pool(), who));
  }

  private HttpResponse granted(OAuthSite site, AuthorizeRequest asked, PoolUser user)
      throws OAuthRefusal {
    if (!asked.code()) {
      return OAuthAnswers.redirect(
          OAuthAnswers.with(asked.redirectUri(), '#', implicit(site, asked, user)));
    }
    String code =
        codes.issue(
            new OAuthCodes.Code(
                site.pool().id(),
                asked.client().id(),
                asked.redirectUri(),
                OAuthCodes.Who.of(user),
                asked.scopes(),
                asked.nonce(),
                asked.challenge()));
    return OAuthAnswers.redirect(
        OAuthAnswers.with(
            asked.redirectUri(),
            '?',
            AuthorizeRequest.parameters("code", code, "state", asked.state())));
  }

  private Map<String, String> implicit(OAuthSite site, AuthorizeRequest asked, PoolUser user)
      throws OAuthRefusal {
    ObjectNode issued;
    try {
      issued =
          tokens
              .tokens()
              .issue(
                  new Grant(
                      site.pool(),
                      asked.client(),
                      user,
                      PoolTokenService.HOSTED,
                      asked.scopes(),
                      Map.of(),
                      null,
                      asked.nonce().isEmpty() ? null : asked.nonce()));
    } catch (AwsException refused) {
      throw new OAuthRefusal("invalid_request", refused.text());
    }
    return AuthorizeRequest.parameters(
        "id_token",
        issued.path("IdToken").asText(),
        "access_token",
        issued.path("AccessToken").asText(),
        "expires_in",
        issued.path("ExpiresIn").asText(),
        "token_type",
        "Bearer",
        "state",
        asked.state());
  }

  private HttpResponse handled(OAuthSite site, Handling handling) {
    try {
      OAuthParameters parameters = OAuthParameters.ofQuery(site.request());
      AuthorizeRequest.Target target = target(site, parameters);
      try {
        return handling.answer(AuthorizeRequest.of(target, parameters));
      } catch (OAuthRefusal refusal) {
        return OAuthAnswers.redirect(target.refusal(refusal));
      }
    } catch (PageError error) {
      return error.page;
    } catch (OAuthRefusal malformed) {
      return LoginPages.error(400, malformed.description());
    }
  }

  private AuthorizeRequest.Target target(OAuthSite site, OAuthParameters parameters)
      throws PageError {
    AppClient client = client(site, parameters);
    String uri = parameters.text("redirect_uri");
    if (uri.isEmpty()) {
      throw new PageError(
          LoginPages.error(400, "Required String parameter 'redirect_uri' is not present"));
    }
    if (!client.texts("CallbackURLs").contains(uri)) {
      throw new PageError(mismatch(site, client));
    }
    return new AuthorizeRequest.Target(
        client, uri, parameters.text("response_type").equals("token"), parameters.text("state"));
  }

  private AppClient client(OAuthSite site, OAuthParameters parameters) throws PageError {
    String id = parameters.text("client_id");
    if (id.isEmpty()) {
      throw new PageError(
          LoginPages.error(400, "Required String parameter 'client_id' is not present"));
    }
    return clients
        .find(site.pool(), id)
        .orElseThrow(() -> new PageError(LoginPages.error(400, "Client does not exist.")));
  }

  private static HttpResponse mismatch(OAuthSite site, AppClient client) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("error", "redirect_mismatch");
    parameters.put("client_id", client.id());
    return OAuthAnswers.redirect(OAuthAnswers.with(site.at("/error"), '?', parameters));
  }

  /** Tells the error of a request that was not redirected to the application. */
  HttpResponse errorPage(OAuthSite site) {
    try {
      return LoginPages.error(400, OAuthParameters.ofQuery(site.request()).text("error"));
    } catch (OAuthRefusal malformed) {
      return LoginPages.error(400, malformed.description());
    }
  }

  /** Ends the session of the browser. */
  HttpResponse logout(OAuthSite site) {
    try {
      OAuthParameters parameters = OAuthParameters.ofQuery(site.request());
      AppClient client = client(site, parameters);
      String uri = parameters.text("logout_uri");
      if (!uri.isEmpty() && !client.texts("LogoutURLs").contains(uri)) {
        return mismatch(site, client);
      }
      if (uri.isEmpty()) {
        target(site, parameters);
        uri = site.at("/login") + "?" + site.request().rawQuery();
      }
      OAuthCookies.read(site, OAuthCookies.SESSION)
          .ifPresent(id -> codes.close(site.pool().id(), id));
      return OAuthCookies.drop(site, OAuthAnswers.redirect(uri), OAuthCookies.SESSION);
    } catch (PageError error) {
      return error.page;
    } catch (OAuthRefusal malformed) {
      return LoginPages.error(400, malformed.description());
    }
  }
}
