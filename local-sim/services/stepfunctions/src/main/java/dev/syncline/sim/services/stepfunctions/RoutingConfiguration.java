// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The routing configuration of an alias, checked.
 *
 * @param machineArn the state machine whose versions it names
 * @param routes one or two
 */
record RoutingConfiguration(String machineArn, List<Alias.Route> routes) {

  private record Given(String arn, int weight) {
    @Override
    public String toString() {
      return "RoutingConfigurationListItem(stateMachineVersionArn="
          + arn
          + ", weight="
          + weight
          + ")";
    }
  }

  /** Reads {@code routingConfiguration}, or refuses it as the service does. */
  static RoutingConfiguration read(Input input, StateMachineStore machines) {
    var given = new ArrayList<Given>();
    for (Input item : input.structures("routingConfiguration")) {
      item.only("stateMachineVersionArn", "weight");
      given.add(
          new Given(item.requiredText("stateMachineVersionArn"), item.integer("weight").orElse(0)));
    }
    if (given.isEmpty() || given.size() > 2) {
      throw StepFunctionsErrors.constraint(
          "Value '" + given + "'",
          "routingConfiguration",
          given.isEmpty()
              ? "have length greater than or equal to 1"
              : "have length less than or equal to 2");
    }
    List<String> arns = given.stream().map(Given::arn).toList();
    if (new HashSet<>(arns).size() < arns.size()) {
      throw StepFunctionsErrors.routing(
          "Routing configuration must contain distinct state machine version ARNs. Received: "
              + arns);
    }
    checkWeights(given);
    var routes = new ArrayList<Alias.Route>();
    String machineArn = "";
    for (Given item : given) {
      MachineArn arn = MachineArn.parse(item.arn());
      Integer version = arn.version();
      StateMachineStore.Machine machine = machines.find(arn.base());
      if (version == null || machine == null || !machine.versions().containsKey(version)) {
        throw StepFunctionsErrors.routing(
            "Routing configuration must contain state machine version ARNs. Received: " + arns);
      }
      if (!machineArn.isEmpty() && !machineArn.equals(arn.base())) {
        throw StepFunctionsErrors.routing(
            "Routing configuration must contain state machine version ARNs for the same state"
                + " machine. Received: "
                + arns);
      }
      machineArn = arn.base();
      routes.add(new Alias.Route(item.arn(), version, item.weight()));
    }
    return new RoutingConfiguration(machineArn, List.copyOf(routes));
  }

  private static void checkWeights(List<Given> given) {
    int sum = 0;
    for (int i = 0; i < given.size(); i++) {
      int weight = given.get(i).weight();
      String member = "routingConfiguration." + (i + 1) + ".member.weight";
      Limits.requireAtMost(weight, member, 100);
      Limits.requireAtLeast(weight, member, 0);
      sum += weight;
    }
    if (sum != 100) {
      throw StepFunctionsErrors.routing(
          "Sum of routing configuration weights must equal 100. Received: "
              + given.stream()
                  .map(item -> String.valueOf(item.weight()))
                  .collect(Collectors.joining(", ", "[", "]")));
    }
  }
}
