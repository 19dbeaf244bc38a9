// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.AppClient;
import java.util.List;
import java.util.Set;

/**
 * Which flows an app client allows. A client without a list, or with the values from before {@code
 * ALLOW_…}, allows SRP, custom challenges and refreshing. Stateless.
 */
final class AuthFlows {
  private static final Set<String> LEGACY =
      Set.of("ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH");

  private AuthFlows() {}

  /**
   * Refuses a flow that the client or the operation does not allow.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException}
   */
  static void requireEnabled(AppClient client, String flow, boolean admin) {
    List<String> allowed = client.authFlows();
    boolean old = LEGACY.containsAll(allowed);
    switch (flow) {
      case "USER_PASSWORD_AUTH" -> {
        if (admin) {
          throw AuthErrors.adminFlowOnly();
        }
        if (!allowed.contains("ALLOW_USER_PASSWORD_AUTH")
            && !allowed.contains("USER_PASSWORD_AUTH")) {
          throw AuthErrors.flowNotEnabled(flow);
        }
      }
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
        if (!admin) {
          throw AuthErrors.adminFlowOnly();
        }
        if (!allowed.contains("ALLOW_ADMIN_USER_PASSWORD_AUTH")
            && !allowed.contains("ADMIN_NO_SRP_AUTH")) {
          throw AuthErrors.otherFlowNotEnabled();
        }
      }
      case "USER_SRP_AUTH" -> {
        boolean customOnly = allowed.contains("CUSTOM_AUTH_FLOW_ONLY");
        if (!allowed.contains("ALLOW_USER_SRP_AUTH") && (!old || customOnly)) {
          throw AuthErrors.notEnabledForClient(flow);
        }
      }
      case "CUSTOM_AUTH" -> {
        if (!allowed.contains("ALLOW_CUSTOM_AUTH") && !old) {
          throw AuthErrors.notEnabledForClient(flow);
        }
      }
      case "USER_AUTH" -> {
        if (!allowed.contains("ALLOW_USER_AUTH")) {
          throw AuthErrors.flowNotEnabled(flow);
        }
      }
      default -> {
        if (!allowed.contains("ALLOW_REFRESH_TOKEN_AUTH") && !old) {
          throw AuthErrors.otherFlowNotEnabled();
        }
      }
    }
  }
}
