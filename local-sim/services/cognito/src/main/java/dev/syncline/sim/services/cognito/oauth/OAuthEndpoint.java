// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.token.PoolTokenService;
import java.util.Locale;
import java.util.Optional;

/**
 * The OAuth domain of every pool. Browsers reach it from other sites, as on AWS: the login form has
 * a secret of its own, and only registered addresses are redirected to. Thread-safe.
 */
public final class OAuthEndpoint implements HttpEndpoint {
  private final OAuthSites sites;
  private final AuthorizePages pages;
  private final OAuthTokenGrants tokens;
  private final OAuthUserInfo userInfo;

  /**
   * The domains of these pools.
   *
   * @param items with the domains
   * @param tools of sign-ins by API, whose lock-out and challenges the login page shares
   */
  public OAuthEndpoint(
      ServiceContext context,
      PoolStore store,
      PoolItems items,
      PoolTokenService tokenService,
      AuthTools tools) {
    this.sites = new OAuthSites(store, items);
    var clients = new OAuthClients(store);
    var codes = new OAuthCodes(context.clock(), context.ids().split("oauth"));
    this.tokens = new OAuthTokenGrants(store, clients, codes, tokenService);
    this.pages =
        new AuthorizePages(clients, codes, new LoginSteps(new HostedSignIn(tools)), tokens);
    this.userInfo = new OAuthUserInfo(tokenService);
  }

  @Override
  public boolean claims(HttpRequest request) {
    return OAuthSites.claims(request);
  }

  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Optional<OAuthSite> site = sites.find(request);
    if (site.isEmpty()) {
      return LoginPages.error(404, "No user pool has this domain.");
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    if (method.equals("OPTIONS")) {
      return preflight();
    }
    OAuthSite at = site.get();
    return switch (method + " " + at.path().toLowerCase(Locale.ROOT)) {
      case "GET /oauth2/authorize", "GET /authorize" -> pages.authorize(at);
      case "GET /login" -> pages.loginPage(at);
      case "POST /login" -> foreign(request) ? forbidden() : pages.login(at);
      case "GET /error" -> pages.errorPage(at);
      case "GET /logout" -> pages.logout(at);
      case "POST /oauth2/token" -> tokens.token(at);
      case "POST /oauth2/revoke" -> tokens.revoke(at);
      case "GET /oauth2/userinfo", "POST /oauth2/userinfo" -> userInfo.answer(at);
      default -> unknown(method, at);
    };
  }

  /** Whether a page of another origin sent a form. */
  private static boolean foreign(HttpRequest request) {
    String own = request.headers().first("host").orElse("");
    return request.headers().all("origin").stream()
            .anyMatch(origin -> !origin.equals("http://" + own) && !origin.equals("https://" + own))
        || request.headers().first("sec-fetch-site").filter("cross-site"::equals).isPresent();
  }

  private static HttpResponse forbidden() {
    return LoginPages.error(403, "The form was sent by a page of another site.");
  }

  private static HttpResponse unknown(String method, OAuthSite site) {
    return switch (site.path()) {
      case "/oauth2/token", "/oauth2/revoke", "/login", "/oauth2/userInfo" ->
          LoginPages.error(405, "Request method '" + method + "' not supported");
      default ->
          LoginPages.error(
              404,
              "The simulator does not have the page "
                  + site.path()
                  + " of a user pool's domain. Sign-up and forgotten passwords are operations of"
                  + " the API. Federation and SAML are not supported.");
    };
  }

  private static HttpResponse preflight() {
    return new HttpResponse(
        200,
        Headers.of(
            "Access-Control-Allow-Origin",
            "*",
            "Access-Control-Allow-Methods",
            "GET, POST",
            "Access-Control-Allow-Headers",
            "authorization, content-type, x-amz-user-agent",
            "Access-Control-Max-Age",
            "3600"),
        new byte[0]);
  }
}
