// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.services.appsync.datasource.AppSyncPrincipal;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a service as AppSync names them: it calls services with the Java SDK, which has
 * classes for some codes and one class for all others, and the error type has the class's name.
 *
 * @param prefix the first part of the error type, such as {@code DynamoDB}
 * @param sdkName the SDK's name of the service, such as {@code DynamoDb}
 * @param action the service's prefix of IAM actions
 * @param modelled the codes with a class of their own
 * @param requestId the service's form of a request id
 */
record SourceErrors(
    String prefix,
    String sdkName,
    String action,
    Set<String> modelled,
    UnaryOperator<String> requestId) {
  private static final int FORBIDDEN_STATUS = 400;
  private static final String EXCEPTION = "Exception";

  /** A failure without a result. */
  SourceFailure failure(AwsException error, CallContext context) {
    return failure(error, context, NullNode.instance, null);
  }

  /**
   * A failure.
   *
   * @param value {@code ctx.result}
   * @param data the error's {@code data}; null for none
   */
  SourceFailure failure(
      AwsException error, CallContext context, JsonNode value, @Nullable JsonNode data) {
    return new SourceFailure(
        new FieldError(
            error.text() + suffix(error.status(), context), type(error.code()), data, null),
        value);
  }

  /** The error type for a code of the service. */
  String type(String code) {
    if (!modelled.contains(code)) {
      return prefix + ":" + sdkName + EXCEPTION;
    }
    return prefix + ":" + (code.endsWith(EXCEPTION) ? code : code + EXCEPTION);
  }

  /** Refuses a call that the policies of the data source's role do not allow. */
  void require(
      SourceServices services, DataSource source, String operation, String resource, CallContext by)
      throws SourceFailure {
    String role = source.role();
    String asked = action + ":" + operation;
    if (services.dispatcher().permissions().mode() != IamMode.OFF
        || role.isEmpty()
        || services.roles().get().mayAllow(role, asked, resource)) {
      // The service called asks the decision point, unless it is off.
      return;
    }
    String name = role.substring(role.lastIndexOf('/') + 1);
    String session = "arn:aws:sts::" + Arn.parse(role).account() + ":assumed-role/" + name;
    throw SourceFailure.of(
        prefix + ":" + sdkName + EXCEPTION,
        "User: "
            + session
            + "/"
            + AppSyncPrincipal.SESSION
            + " is not authorized to perform: "
            + asked
            + " on resource: "
            + resource
            + " because no identity-based policy allows the "
            + asked
            + " action"
            + suffix(FORBIDDEN_STATUS, by));
  }

  private String suffix(int status, CallContext context) {
    return " (Service: "
        + sdkName
        + ", Status Code: "
        + status
        + ", Request ID: "
        + requestId.apply(context.requestId())
        + ")";
  }
}
