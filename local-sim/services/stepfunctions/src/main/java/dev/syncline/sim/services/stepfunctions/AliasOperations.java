// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on aliases of state machines. Error texts as recorded. Thread-safe. */
record AliasOperations(SimClock clock, StateMachineStore machines) {
  private static final String NAME_RULE = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";
  private static final Pattern NAME = Pattern.compile(NAME_RULE);

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateStateMachineAlias: name, description, routingConfiguration", this::create),
        Operation.of("DescribeStateMachineAlias: stateMachineAliasArn", this::describe),
        Operation.of(
            "UpdateStateMachineAlias: stateMachineAliasArn, description, routingConfiguration",
            this::update),
        Operation.of("DeleteStateMachineAlias: stateMachineAliasArn", this::delete),
        Operation.of(
            "ListStateMachineAliases: stateMachineArn, maxResults, nextToken", this::list));
  }

  private Output create(Input input, CallContext context) {
    String name = name(input);
    String description = Limits.atMost(input.text("description").orElse(null), "description", 256);
    RoutingConfiguration routing = RoutingConfiguration.read(input, machines);
    Instant now = clock.now();
    var fresh =
        new Alias(
            routing.machineArn() + ":" + name,
            routing.machineArn(),
            name,
            description,
            routing.routes(),
            now,
            null);
    StateMachineStore.Machine machine =
        machines.update(
            routing.machineArn(),
            current -> {
              Alias present = current.aliases().get(name);
              if (present == null) {
                if (current.aliases().size() >= StateMachineStore.MAX_ALIASES) {
                  throw StepFunctionsErrors.tooManyAliases(StateMachineStore.MAX_ALIASES);
                }
                return current.with(fresh);
              }
              if (!present.routes().equals(fresh.routes())
                  || !Objects.equals(present.description(), description)) {
                throw StepFunctionsErrors.aliasExists();
              }
              return current;
            });
    Alias alias = require(machine.aliases().get(name));
    ObjectNode json = Json.object();
    json.put("stateMachineAliasArn", alias.arn());
    json.set("creationDate", Json.epochSeconds(alias.created()));
    return Output.of(json);
  }

  private static String name(Input input) {
    String name = input.requiredText("name");
    Limits.atMost(name, "name", 80);
    if (!NAME.matcher(name).matches()) {
      throw StepFunctionsErrors.constraint(
          "Value '" + name + "'", "name", "satisfy regular expression pattern: " + NAME_RULE);
    }
    return name;
  }

  private Output describe(Input input, CallContext context) {
    MachineArn arn = arn(input);
    Alias alias = find(arn);
    if (alias == null) {
      // UpdateStateMachineAlias uses another text; both are recorded.
      throw StepFunctionsErrors.resourceNotFound(arn.text());
    }
    ObjectNode json = Json.object();
    json.put("stateMachineAliasArn", alias.arn());
    json.put("name", alias.name());
    Json.putIfPresent(json, "description", alias.description());
    ArrayNode routes = json.putArray("routingConfiguration");
    for (Alias.Route route : alias.routes()) {
      routes
          .addObject()
          .put("stateMachineVersionArn", route.versionArn())
          .put("weight", route.weight());
    }
    json.set("creationDate", Json.epochSeconds(alias.created()));
    if (alias.updated() != null) {
      json.set("updateDate", Json.epochSeconds(alias.updated()));
    }
    return Output.of(json);
  }

  private Output update(Input input, CallContext context) {
    MachineArn arn = arn(input);
    if (!input.has("description") && !input.has("routingConfiguration")) {
      throw StepFunctionsErrors.validation(
          "Either description or routing configuration must be specified");
    }
    String description = Limits.atMost(input.text("description").orElse(null), "description", 256);
    RoutingConfiguration routing =
        input.has("routingConfiguration") ? RoutingConfiguration.read(input, machines) : null;
    if (routing != null && !routing.machineArn().equals(arn.base())) {
      throw StepFunctionsErrors.validation(
          "Routing configuration must contain versions of the alias's own state machine.");
    }
    Alias found = require(find(arn));
    Instant now = clock.now();
    machines.update(
        arn.base(),
        machine -> {
          Alias present = require(machine.aliases().get(found.name()));
          return machine.with(
              new Alias(
                  present.arn(),
                  present.machineArn(),
                  present.name(),
                  description == null ? present.description() : description,
                  routing == null ? present.routes() : routing.routes(),
                  present.created(),
                  now));
        });
    ObjectNode json = Json.object();
    json.set("updateDate", Json.epochSeconds(now));
    return Output.of(json);
  }

  private Output delete(Input input, CallContext context) {
    MachineArn arn = arn(input);
    Alias alias = find(arn);
    if (alias != null) {
      machines.update(arn.base(), machine -> machine.without(alias));
    }
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn"));
    StateMachineStore.Machine machine = machines.find(arn.base());
    if (machine == null) {
      throw StepFunctionsErrors.machineMissing(arn.text());
    }
    Integer version = arn.version();
    var aliases =
        new ArrayList<>(
            machine.aliases().values().stream()
                .filter(alias -> version == null || alias.refersTo(version))
                .toList());
    aliases.sort(Comparator.comparing(Alias::created).thenComparing(Alias::name));
    return StepFunctionsPage.of(
        input,
        aliases,
        "stateMachineAliases",
        alias -> VersionOperations.listed("stateMachineAliasArn", alias.arn(), alias.created()));
  }

  private static MachineArn arn(Input input) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineAliasArn"));
    if (arn.qualifier() == null || arn.version() != null) {
      throw StepFunctionsErrors.invalidArn(arn.text());
    }
    return arn;
  }

  private @Nullable Alias find(MachineArn arn) {
    StateMachineStore.Machine machine = machines.find(arn.base());
    return machine == null || arn.qualifier() == null
        ? null
        : machine.aliases().get(arn.qualifier());
  }

  private static Alias require(@Nullable Alias alias) {
    if (alias == null) {
      throw StepFunctionsErrors.aliasMissing();
    }
    return alias;
  }
}
