// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The doors: which module may use which. This table is the only copy; CONTRIBUTING has it as
 * Markdown, written from here.
 */
final class Doors {
  private static final String TABLE =
      """
      testing:
      work-store:
      publisher: work-store
      bridge-lambda: publisher work-store
      backend-worker: publisher work-store
      backend-temporal: publisher work-store backend-worker bridge-lambda
      local-sim/kernel:
      local-sim/asl: local-sim/kernel
      local-sim/events: local-sim/kernel
      local-sim/handlers: local-sim/kernel local-sim/events
      local-sim/lambda: local-sim/kernel
      local-sim/vtl:
      local-sim/iam:
      local-sim/graphql: local-sim/kernel local-sim/handlers local-sim/vtl
      local-sim/service: local-sim/kernel
      local-sim/port: local-sim/kernel local-sim/service
      local-sim/service-tests: local-sim/kernel local-sim/service local-sim/port
      local-sim/services/apigateway: local-sim/kernel local-sim/service local-sim/vtl
      local-sim/services/apigatewayv2: local-sim/kernel local-sim/service
      local-sim/services/appsync: local-sim/kernel local-sim/service local-sim/events local-sim/handlers local-sim/graphql local-sim/vtl
      local-sim/services/cloudformation: local-sim/kernel local-sim/service
      local-sim/services/cloudwatch: local-sim/kernel local-sim/service
      local-sim/services/cognito: local-sim/kernel local-sim/service
      local-sim/services/cognitoidentity: local-sim/kernel local-sim/service
      local-sim/services/dynamodb: local-sim/kernel local-sim/service
      local-sim/services/dynamodbstreams: local-sim/kernel local-sim/service
      local-sim/services/eventbridge: local-sim/kernel local-sim/service
      local-sim/services/iam: local-sim/kernel local-sim/service local-sim/iam
      local-sim/services/lambda: local-sim/kernel local-sim/service local-sim/lambda
      local-sim/services/logs: local-sim/kernel local-sim/service
      local-sim/services/s3: local-sim/kernel local-sim/service
      local-sim/services/secretsmanager: local-sim/kernel local-sim/service
      local-sim/services/sqs: local-sim/kernel local-sim/service
      local-sim/services/stepfunctions: local-sim/kernel local-sim/service local-sim/asl
      local-sim/services/sts: local-sim/kernel local-sim/service
      local-sim/simulator: local-sim/kernel local-sim/service local-sim/port
      local-sim/junit: local-sim/kernel local-sim/service local-sim/port local-sim/simulator
      local-sim/cli: local-sim/kernel local-sim/service local-sim/port local-sim/simulator
      """;

  /** The modules by directory, each with the modules that it may use, in reading order. */
  static final Map<String, Set<String>> ALL = read();

  private Doors() {}

  private static Map<String, Set<String>> read() {
    var all = new LinkedHashMap<String, Set<String>>();
    for (String line : TABLE.lines().toList()) {
      int colon = line.indexOf(':');
      Set<String> used =
          Arrays.stream(line.substring(colon + 1).split(" "))
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      all.put(line.substring(0, colon), used);
    }
    return all;
  }

  /** The pattern of a module's packages. */
  static String packageOf(String module) {
    String name =
        switch (module) {
          case "bridge-lambda" -> "bridge";
          case "backend-worker" -> "worker";
          case "backend-temporal" -> "temporal";
          case "work-store" -> "work";
          case "local-sim/service-tests" -> "sim.servicetests";
          default -> module.replace("local-sim/", "sim.").replace('/', '.');
        };
    return "dev.syncline." + name + "..";
  }

  /** The table for CONTRIBUTING. */
  static String markdown() {
    var text = new StringBuilder("| Module | may use |\n|---|---|\n");
    ALL.forEach(
        (module, used) ->
            text.append("| `")
                .append(module)
                .append("` | ")
                .append(
                    used.isEmpty()
                        ? "nothing here"
                        : used.stream()
                            .map(one -> "`" + one + "`")
                            .collect(Collectors.joining(", ")))
                .append(" |\n"));
    return text.toString();
  }
}
