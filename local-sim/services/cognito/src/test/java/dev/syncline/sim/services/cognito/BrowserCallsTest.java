// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.http.UnsignedCalls;
import org.junit.jupiter.api.Test;

/** What pages of foreign origins may send. */
class BrowserCallsTest {
  private final BrowserCalls preflights = new BrowserCalls();

  private static HttpRequest request(String method, String... headers) {
    return new HttpRequest(method, "/", "", Headers.of(headers), new byte[0], "127.0.0.1", false);
  }

  private static boolean opened(PageRules rules, String method, String target) {
    return rules.opened(request(method, "X-Amz-Target", target)).isPresent();
  }

  @Test
  void theOperationsOfUsersAreOpenAndThoseOfAdministratorsAreNot() {
    var pools = new UnsignedCalls(CognitoComponents.TARGET, "cognito-idp");
    assertThat(opened(pools, "POST", CognitoComponents.TARGET + ".InitiateAuth")).isTrue();
    assertThat(opened(pools, "GET", CognitoComponents.TARGET + ".InitiateAuth")).isFalse();
    assertThat(opened(pools, "POST", CognitoComponents.TARGET + ".AdminInitiateAuth")).isFalse();
    assertThat(opened(pools, "POST", CognitoComponents.TARGET + ".Nothing")).isFalse();
    assertThat(opened(pools, "POST", "DynamoDB_20120810.GetItem")).isFalse();
    var identities = new UnsignedCalls("AWSCognitoIdentityService", "cognito-identity");
    assertThat(opened(identities, "POST", "AWSCognitoIdentityService.GetId")).isTrue();
    assertThat(opened(identities, "POST", "AWSCognitoIdentityService.ListIdentityPools")).isFalse();
  }

  @Test
  void aPreflightForASignedCallIsNotAnsweredHere() {
    String method = "Access-Control-Request-Method";
    String asked = "Access-Control-Request-Headers";
    HttpRequest unsigned = request("OPTIONS", method, "POST", asked, "content-type, X-Amz-Target");
    assertThat(preflights.claims(unsigned)).isTrue();
    HttpResponse answer = preflights.answer(unsigned);
    assertThat(answer.headers().first("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().first("Access-Control-Allow-Headers"))
        .contains("content-type, X-Amz-Target");
    assertThat(
            preflights.claims(
                request("OPTIONS", method, "POST", asked, "authorization,x-amz-target")))
        .isFalse();
    assertThat(preflights.claims(request("OPTIONS", method, "PUT", asked, "x-amz-target")))
        .isFalse();
    assertThat(preflights.claims(request("OPTIONS", method, "POST"))).isFalse();
  }
}
