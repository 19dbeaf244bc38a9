// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.settings.IamMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the role of a mapping's function must allow at the source. Sources of the actions: the
 * Lambda guide's pages of SQS and DynamoDB sources. Thread-safe.
 *
 * @param roles the session of a function's role, by the function's ARN
 */
record SourceAccess(
    Ids ids,
    Dispatcher dispatcher,
    Function<String, CallPrincipal> roles,
    String account,
    String region) {
  static final String RECEIVE = "sqs:ReceiveMessage";
  static final String DELETE = "sqs:DeleteMessage";
  static final String ATTRIBUTES = "sqs:GetQueueAttributes";
  static final String READ = "dynamodb:GetRecords";
  private static final List<String> OF_QUEUES = List.of(RECEIVE, DELETE, ATTRIBUTES);
  private static final List<String> OF_STREAMS =
      List.of(READ, "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams");

  /** What is missing of everything that the mapping needs, as Lambda says it; empty for nothing. */
  Optional<String> missing(Mapping mapping) {
    boolean queue = mapping.source() instanceof MappingSource.Queue;
    for (String action : queue ? OF_QUEUES : OF_STREAMS) {
      Optional<String> refusal = missing(mapping, action);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** As {@link #missing(Mapping)}, for one action. */
  Optional<String> missing(Mapping mapping, String action) {
    if (dispatcher.permissions().mode() == IamMode.OFF) {
      return Optional.empty();
    }
    // Streams are listed without a resource.
    String resource = action.endsWith(":ListStreams") ? "*" : mapping.sourceArn();
    boolean allowed =
        dispatcher
            .permissions()
            .denial(AccessCheck.of(action, resource), context(mapping, new byte[0]))
            .isEmpty();
    if (allowed) {
      return Optional.empty();
    }
    return Optional.of(
        Arn.parse(mapping.sourceArn()).service().equals("sqs")
            ? "The function execution role does not have permissions to call "
                + action.substring(action.indexOf(':') + 1)
                + " on SQS"
            : "Cannot access stream "
                + mapping.sourceArn()
                + ". Please ensure the role can perform the GetRecords, GetShardIterator,"
                + " DescribeStream, and ListStreams Actions on your stream in IAM.");
  }

  /** The context of a call with the permissions of the function's role. */
  CallContext context(Mapping mapping, byte[] body) {
    return new CallContext(account, region, ids.uuid().toString(), "", body)
        .as(roles.apply(mapping.functionArn()));
  }
}
