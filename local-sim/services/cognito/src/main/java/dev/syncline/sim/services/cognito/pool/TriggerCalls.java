// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the Lambda triggers of a pool. Thread-safe. */
public interface TriggerCalls {
  /**
   * A call.
   *
   * @param trigger the member of LambdaConfig, such as {@code PreSignUp}
   * @param source such as {@code PreSignUp_SignUp}
   * @param clientId null for operations of administrators
   * @param userName in the event
   * @param attributes {@code request.userAttributes}, without {@code cognito:user_status}
   * @param status {@code cognito:user_status}; null to leave it out
   * @param request further members of {@code request}
   * @param response {@code response} before the function fills it
   */
  record TriggerCall(
      UserPool pool,
      String trigger,
      String source,
      @Nullable String clientId,
      String userName,
      Map<String, String> attributes,
      @Nullable UserStatus status,
      ObjectNode request,
      ObjectNode response) {}

  /**
   * Calls the function and waits for it.
   *
   * @return its {@code response}; empty when the pool has no such trigger
   * @throws dev.syncline.sim.service.AwsException {@code UserLambdaValidationException}, {@code
   *     UnexpectedLambdaException}, {@code InvalidLambdaResponseException}
   */
  Optional<ObjectNode> call(TriggerCall call);

  /**
   * Sets {@code validationData} of a request. Events on AWS show null there when the caller sent
   * nothing.
   */
  static void putValidationData(ObjectNode request, Map<String, String> given) {
    if (given.isEmpty()) {
      request.putNull("validationData");
      return;
    }
    ObjectNode texts = request.putObject("validationData");
    given.forEach(texts::put);
  }
}
