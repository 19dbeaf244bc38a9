// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.iam.LeastPrivilege.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The smallest policy allows every use, and without one action it refuses one. */
class LeastPrivilegeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUE = "arn:aws:sqs:us-east-1:111122223333:jobs";
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/items";
  private static final String GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f";
  private static final String ROLE = "arn:aws:iam::111122223333:role/worker";

  private static final List<Use> USES =
      List.of(
          use("sqs:ReceiveMessage", QUEUE),
          use("sqs:DeleteMessage", QUEUE),
          use("sqs:deletemessage", QUEUE),
          use("sqs:ListQueues", QUEUE),
          use("dynamodb:GetItem", TABLE),
          use("dynamodb:Query", TABLE),
          use("dynamodb:Query", TABLE + "/index/by-name"),
          use("logs:CreateLogGroup", GROUP),
          use("logs:CreateLogStream", GROUP + ":log-stream:2026/01/01/[$LATEST]a1"),
          use("logs:PutLogEvents", GROUP + ":log-stream:2026/01/01/[$LATEST]a1"),
          use("s3:GetObject", "arn:aws:s3:::bucket/notes/4711.json"),
          use("s3:PutObject", "arn:aws:s3:::bucket/od*d/${x}?/k"),
          use("s3:ListBucket", "arn:aws:s3:::bucket"),
          use(
              "states:DescribeExecution",
              "arn:aws:states:us-east-1:111122223333:execution:machine:one"),
          use(
              "secretsmanager:GetSecretValue",
              "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/key-aB3dE6"),
          pass("lambda.amazonaws.com"),
          pass("states.amazonaws.com"));

  private static Use use(String action, String resource) {
    return new Use(action, resource, Map.of());
  }

  private static Use pass(String service) {
    return new Use("iam:PassRole", ROLE, Map.of("iam:PassedToService", List.of(service)));
  }

  private static boolean allowed(String document, Use use) {
    return PolicyEngine.decide(
            new AccessQuery(Asked.SESSION, use.action(), use.resource(), Asked.ACCOUNT, use.keys()),
            new PolicySources(
                List.of(Policy.parse("smallest", document)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false))
        .allowed();
  }

  private static String policy(List<Use> uses) {
    return LeastPrivilege.policy(uses).orElseThrow();
  }

  @Test
  void allowsEveryUse() {
    String document = policy(USES);

    assertThat(USES).allMatch(use -> allowed(document, use), document);
    assertThat(allowed(document, use("sqs:SendMessage", QUEUE))).isFalse();
    assertThat(allowed(document, use("sqs:ReceiveMessage", QUEUE + "2"))).isFalse();
    assertThat(allowed(document, pass("ecs.amazonaws.com"))).isFalse();
    assertThat(allowed(document, use("s3:PutObject", "arn:aws:s3:::bucket/odd/${x}y/k"))).isFalse();
  }

  @Test
  void everyActionIsNeeded() throws Exception {
    ObjectNode document = (ObjectNode) JSON.readTree(policy(USES));
    int removed = 0;
    ArrayNode statements = (ArrayNode) document.path("Statement");
    for (int index = 0; index < statements.size(); index++) {
      for (int left = statements.get(index).path("Action").size(); left >= 0; left--) {
        ObjectNode smaller = document.deepCopy();
        if (remove((ArrayNode) smaller.path("Statement"), index, left)) {
          removed++;
          assertThat(USES).anyMatch(use -> !allowed(smaller.toString(), use), smaller.toString());
        }
      }
    }
    assertThat(removed).isEqualTo(14);
  }

  /** Removes one action, or the statement of a single action. */
  private static boolean remove(ArrayNode statements, int index, int action) {
    JsonNode actions = statements.get(index).path("Action");
    if (actions.isTextual() && action == 0) {
      return statements.remove(index) != null;
    }
    return actions.isArray() && ((ArrayNode) actions).remove(action) != null;
  }

  @Test
  void isReadableAndStable() {
    List<Use> shuffled = new ArrayList<>(USES);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(policy(shuffled)).isEqualTo(policy(USES));
    assertThat(policy(USES.subList(0, 4)).replace("\r", ""))
        .isEqualTo(
            """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Action" : [ "sqs:DeleteMessage", "sqs:ReceiveMessage" ],
                "Resource" : "arn:aws:sqs:us-east-1:111122223333:jobs"
              }, {
                "Effect" : "Allow",
                "Action" : "sqs:ListQueues",
                "Resource" : "*"
              } ]
            }\
            """
                .replace("\n", System.lineSeparator())
                .replace("\r", ""));
  }

  @Test
  void namesOfAnotherRunAreAllowedToo() {
    String document = policy(USES);

    assertThat(
            List.of(
                use("logs:PutLogEvents", GROUP + ":log-stream:2026/02/02/[$LATEST]b2"),
                use("s3:GetObject", "arn:aws:s3:::bucket/notes/4712.json"),
                use(
                    "states:DescribeExecution",
                    "arn:aws:states:us-east-1:111122223333:execution:machine:two"),
                use(
                    "secretsmanager:GetSecretValue",
                    "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/key-zZ9yY8")))
        .allMatch(use -> allowed(document, use));
    assertThat(allowed(document, use("s3:GetObject", "arn:aws:s3:::bucket/other/1.json")))
        .isFalse();
  }

  @Test
  void nothingUsedNeedsNoPolicy() {
    assertThat(LeastPrivilege.policy(List.of())).isEmpty();
  }
}
