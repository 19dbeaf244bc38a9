// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallFacts;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.RequestSignature;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.SignatureCheck;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may call a function URL. With {@code NONE} the resource policy must
 * allow every caller. With {@code AWS_IAM} the request must be signed by a known key; its principal
 * is of this account, so that its own policies or the resource policy may allow it. A principal
 * whose policies the simulator does not have may do everything. The age of a signature is not
 * checked, because the simulator's time may be ahead of its clients'. Thread-safe.
 */
record UrlAuthorization(
    SimClock clock,
    FunctionAccess access,
    Dispatcher dispatcher,
    NoticeTeller notices,
    String account,
    String region) {
  private static final String SERVICE = "lambda";
  private static final String URL_ACTION = "lambda:InvokeFunctionUrl";
  private static final String FUNCTION_ACTION = "lambda:InvokeFunction";
  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([^/]+)/.+");

  /**
   * The decision.
   *
   * @param caller null for an anonymous one
   * @param refusal null when the request is allowed
   */
  record Decision(@Nullable AccessKey caller, @Nullable HttpResponse refusal) {
    static Decision refused(HttpResponse refusal) {
      return new Decision(null, refusal);
    }
  }

  /**
   * A URL with its function.
   *
   * @param arn of the function or alias
   * @param policy the statements of its resource policy
   */
  record Target(
      FunctionUrl url,
      String function,
      String arn,
      String logGroup,
      Collection<ObjectNode> policy) {}

  Decision decide(HttpRequest request, Target target) {
    if (target.url().authType().equals(FunctionUrl.NONE)) {
      return permitted(request, target, null, Optional.empty());
    }
    return RequestSignature.of(request)
        .map(signature -> signed(request, signature, target))
        .orElseGet(() -> Decision.refused(UrlResponse.forbidden()));
  }

  /** Whether the policies allow the caller, null for an anonymous one. */
  private Decision permitted(
      HttpRequest request, Target target, @Nullable AccessKey key, Optional<String> role) {
    if (!allowed(URL_ACTION, request, target, key, role)) {
      return Decision.refused(UrlResponse.forbidden());
    }
    if (!allowed(FUNCTION_ACTION, request, target, key, role)) {
      if (access.rules().strictUrls()) {
        return Decision.refused(UrlResponse.forbidden());
      }
      notices.tell(
          target.function(),
          target.logGroup(),
          "Since October 2025 AWS answers 403 at the URL of "
              + target.arn()
              + ": its callers need the permission lambda:InvokeFunction too.");
    }
    return new Decision(key, null);
  }

  /** Where permissions are enforced, the decision point decides; its decisions are recorded. */
  private boolean allowed(
      String action,
      HttpRequest request,
      Target target,
      @Nullable AccessKey key,
      Optional<String> role) {
    Permissions deciding = dispatcher.permissions();
    if (deciding.mode() == IamMode.OFF) {
      return mayAllow(action, target, key, role);
    }
    boolean denied = deciding.denial(check(action, target), context(request, key)).isPresent();
    return deciding.mode() == IamMode.ENFORCE ? !denied : mayAllow(action, target, key, role);
  }

  private static AccessCheck check(String action, Target target) {
    AccessCheck check =
        AccessCheck.of(action, target.arn())
            .with("lambda:FunctionUrlAuthType", List.of(target.url().authType()));
    return action.equals(FUNCTION_ACTION)
        ? check.with("lambda:InvokedViaFunctionUrl", List.of("true"))
        : check;
  }

  private CallContext context(HttpRequest request, @Nullable AccessKey key) {
    return new CallContext(
        account,
        region,
        "",
        request.hostName(),
        new byte[0],
        key == null ? CallPrincipal.ANONYMOUS : new CallPrincipal.Signed(key.id()),
        new CallFacts(
            request.remoteAddress(),
            request.headers().first("user-agent").orElse(null),
            request.headers().first("referer").orElse(null)));
  }

  private boolean mayAllow(
      String action, Target target, @Nullable AccessKey key, Optional<String> role) {
    boolean own =
        key != null
            && (role.isEmpty() || access.roles().get().mayAllow(role.get(), action, target.arn()));
    String principal = key == null ? null : role.orElse(key.principalArn());
    return own
        || UrlPolicy.allows(target.policy(), action, target.url().authType(), principal, account);
  }

  private Decision signed(HttpRequest request, RequestSignature signature, Target target) {
    if (!signature.service().equals(SERVICE) || !signature.region().equals(region)) {
      return Decision.refused(
          invalid(
              "Credential should be scoped to a valid region and to the service 'lambda', not to '"
                  + signature.region()
                  + "' and '"
                  + signature.service()
                  + "'."));
    }
    Optional<AccessKey> known = access.keys().get().find(signature.keyId());
    if (known.isEmpty() && access.identity().signatures() == SignatureCheck.STRUCTURE) {
      String arn = Arn.aws("iam", "", account, "user/" + signature.keyId());
      return new Decision(
          new AccessKey(signature.keyId(), "", null, arn, signature.keyId(), null), null);
    }
    if (known.isEmpty()) {
      return Decision.refused(
          UrlResponse.error(
              403,
              "UnrecognizedClientException",
              "message",
              "The security token included in the request is invalid."));
    }
    AccessKey key = known.get();
    String token = key.sessionToken() == null ? "" : key.sessionToken();
    if (!key.valid(clock.now()) || (!token.isEmpty() && !token.equals(signature.token()))) {
      return Decision.refused(
          UrlResponse.error(
              403,
              "ExpiredTokenException",
              "message",
              "The security token included in the request is expired."));
    }
    if (!signature.made(key.secret(), request)) {
      return Decision.refused(
          invalid(
              "The request signature we calculated does not match the signature you provided."
                  + " Check your AWS Secret Access Key and signing method. Consult the service"
                  + " documentation for details."));
    }
    return permitted(request, target, key, role(key.principalArn()));
  }

  /** The role of a session; empty for another principal. */
  private static Optional<String> role(String principalArn) {
    Matcher session = SESSION.matcher(principalArn);
    return session.matches()
        ? Optional.of(Arn.aws("iam", "", session.group(1), "role/" + session.group(2)))
        : Optional.empty();
  }

  private static HttpResponse invalid(String message) {
    return UrlResponse.error(403, "InvalidSignatureException", "message", message);
  }
}
