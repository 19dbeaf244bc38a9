// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallFacts;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.RequestSignature;
import dev.syncline.sim.service.settings.IamMode;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Decides about the callers of an API: methods with AWS_IAM want a signature, and where permissions
 * are evaluated, the caller's policies and that of the API decide. An API without a policy lets
 * every caller of its other methods in. The age of a signature is not checked, because the
 * simulator's time may be ahead of its clients'. Thread-safe.
 *
 * @param unknownKeys whether a key that is not known may sign; its signature is not verified
 */
record ApiCallers(
    RestApiStore store, Dispatcher dispatcher, Supplier<AccessKeys> keys, boolean unknownKeys) {
  private static final String SERVICE = "execute-api";
  private static final Pattern ACCOUNT = Pattern.compile(":\\d{8}(\\d{4}):");

  /**
   * Lets a request in, or refuses it.
   *
   * @throws GatewayRejection with AWS's answer
   */
  void authorize(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    CallPrincipal caller = CallPrincipal.ANONYMOUS;
    if (match.method().signed()) {
      caller = new CallPrincipal.Signed(signer(exchange));
    } else if (store.policy(exchange.apiId()).isEmpty()) {
      return;
    }
    Permissions deciding = dispatcher.permissions();
    if (deciding.mode() == IamMode.OFF) {
      return;
    }
    var check = AccessCheck.of("execute-api:Invoke", LambdaAuthorizers.methodArn(exchange));
    Optional<AccessDenial> denial = deciding.denial(check, context(exchange, caller));
    if (denial.isPresent()) {
      throw denied(denial.get());
    }
  }

  /** AWS hides most of the account in the resource. */
  private static GatewayRejection denied(AccessDenial denial) {
    String hidden = ACCOUNT.matcher(denial.resource()).replaceFirst(":********$1:");
    String text =
        new AccessDenial(denial.principal(), denial.action(), hidden, denial.tail()).message();
    return new GatewayRejection(GatewayResponseType.ACCESS_DENIED, 403, text, text);
  }

  private static CallContext context(Exchange exchange, CallPrincipal caller) {
    HttpRequest request = exchange.request();
    return new CallContext(
        exchange.account(),
        exchange.region(),
        exchange.requestId(),
        request.hostName(),
        new byte[0],
        caller,
        new CallFacts(
            request.remoteAddress(),
            request.headers().first("user-agent").orElse(null),
            request.headers().first("referer").orElse(null)));
  }

  /** The access key that signed the request. */
  private String signer(Exchange exchange) throws GatewayRejection {
    HttpRequest request = exchange.request();
    Optional<RequestSignature> found = RequestSignature.of(request);
    if (found.isEmpty()) {
      throw new GatewayRejection(
          GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, "the request is not signed");
    }
    RequestSignature signature = found.get();
    if (!signature.service().equals(SERVICE) || !signature.region().equals(exchange.region())) {
      throw wrong(
          "Credential should be scoped to a valid region and to the service '" + SERVICE + "'.");
    }
    Optional<AccessKey> known = keys.get().find(signature.keyId());
    if (known.isEmpty()) {
      if (!unknownKeys) {
        throw wrong("The security token included in the request is invalid.");
      }
      return signature.keyId();
    }
    AccessKey key = known.get();
    String token = key.sessionToken();
    if (token != null && !token.equals(signature.token())) {
      throw wrong("The security token included in the request is invalid.");
    }
    if (!key.valid(exchange.started())) {
      String text = "The security token included in the request is expired";
      throw new GatewayRejection(GatewayResponseType.EXPIRED_TOKEN, 403, text, text);
    }
    if (!signature.made(key.secret(), request)) {
      throw wrong(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    exchange.facts().signed(key, exchange.account());
    return key.id();
  }

  private static GatewayRejection wrong(String text) {
    return new GatewayRejection(GatewayResponseType.INVALID_SIGNATURE, 403, text, text);
  }
}
