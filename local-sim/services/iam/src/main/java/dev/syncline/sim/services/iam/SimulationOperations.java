// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.MalformedPolicyException;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.iam.PolicyInspection;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.iam.IamPolicies.Applied;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import dev.syncline.sim.services.iam.PolicySimulation.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations that evaluate policies without a request. Thread-safe. */
record SimulationOperations(String account, IamPolicies policies) {
  private static final String INPUTS = "PolicyInputList";
  private static final String BOUNDARIES = "PermissionsBoundaryPolicyInputList";
  private static final String IDENTITY = "IAM Policy";
  private static final String BOUNDARY = "Permissions Boundary Policy";
  private static final int MAX_ITEMS = 1_000;
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9]+");
  private static final Pattern USER = Pattern.compile("arn:aws:iam::([0-9]{12}):user/(?:.*/)?(.+)");
  private static final Set<String> KEY_TYPES =
      Set.of(
          "string",
          "stringList",
          "numeric",
          "numericList",
          "boolean",
          "booleanList",
          "ip",
          "ipList",
          "binary",
          "binaryList",
          "date",
          "dateList");

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            SimulateCustomPolicy: PolicyInputList, PermissionsBoundaryPolicyInputList, ActionNames,
              ResourceArns, ResourcePolicy, ResourceOwner, CallerArn, ContextEntries, MaxItems,
              Marker
            """,
            (input, context) -> simulateCustom(input)),
        Operation.of(
            """
            SimulatePrincipalPolicy: PolicySourceArn, PolicyInputList,
              PermissionsBoundaryPolicyInputList, ActionNames, ResourceArns, ResourcePolicy,
              ResourceOwner, CallerArn, ContextEntries, MaxItems, Marker
            """,
            (input, context) -> simulatePrincipal(input)),
        Operation.of(
            "GetContextKeysForCustomPolicy: PolicyInputList",
            (input, context) -> contextKeys(inputs(input, INPUTS, IDENTITY))),
        Operation.of(
            "GetContextKeysForPrincipalPolicy: PolicySourceArn, PolicyInputList",
            (input, context) -> principalContextKeys(input)));
  }

  private Output simulateCustom(Input input) {
    if (!input.has(INPUTS)) {
      throw IamErrors.missing("policyInputList");
    }
    Optional<String> caller = input.text("CallerArn");
    requireUser(caller, input.has("ResourcePolicy"));
    return simulate(
        input, inputs(input, INPUTS, IDENTITY), boundary(input), caller.map(this::user));
  }

  private Output simulatePrincipal(Input input) {
    PolicyHolder holder = holder(input);
    Applied applied = policies.of(holder);
    boolean isUser = holder instanceof IamUser;
    Optional<String> caller =
        input
            .text("CallerArn")
            .or(() -> isUser ? Optional.of(holder.identity.arn()) : Optional.empty());
    requireUser(caller, input.has("ResourcePolicy"));
    Optional<Source> boundary =
        boundary(input).or(() -> applied.boundary().map(document -> source(document, BOUNDARY)));
    return simulate(input, principalPolicies(input, applied), boundary, caller.map(this::user));
  }

  private Output principalContextKeys(Input input) {
    return contextKeys(principalPolicies(input, policies.of(holder(input))));
  }

  private List<Source> principalPolicies(Input input, Applied applied) {
    List<Source> sources = new ArrayList<>();
    applied.identity().forEach(document -> sources.add(source(document, IDENTITY)));
    sources.addAll(inputs(input, INPUTS, IDENTITY));
    return sources;
  }

  private static Output contextKeys(List<Source> sources) {
    Map<String, String> keys = new HashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Source source : sources) {
      for (String key : PolicyInspection.contextKeys(source.policy())) {
        names.add(keys.computeIfAbsent(key.toLowerCase(Locale.ROOT), unused -> key));
      }
    }
    var answer = Json.object();
    ArrayNode list = answer.putArray("ContextKeyNames");
    names.forEach(list::add);
    return Output.of(answer);
  }

  private Output simulate(
      Input input,
      List<Source> identity,
      Optional<Source> boundary,
      Optional<IamPrincipal.User> caller) {
    List<String> actions = actions(input);
    String ownAccount = caller.map(IamPrincipal.User::account).orElse(account);
    Map<String, List<String>> keys = new HashMap<>();
    caller.ifPresent(user -> addUser(keys, user));
    addContext(keys, input);
    var simulation =
        new PolicySimulation(
            identity,
            boundary,
            input
                .text("ResourcePolicy")
                .map(
                    json ->
                        new Source(
                            "ResourcePolicy", "Resource Policy", parse("ResourcePolicy", json))),
            caller.orElseGet(() -> new IamPrincipal.User("", "", ownAccount)),
            ownAccount,
            owner(input, ownAccount),
            resources(input),
            keys);
    return IamPages.list(
        input,
        "EvaluationResults",
        actions,
        (items, action) -> items.add(simulation.result(action)));
  }

  private static List<String> actions(Input input) {
    List<String> actions = bounded(input, "ActionNames");
    if (actions.isEmpty()) {
      throw IamErrors.missing("actionNames");
    }
    for (String action : actions) {
      if (!ACTION.matcher(action).matches()) {
        throw IamErrors.invalidInput("Invalid Action Name: " + action);
      }
    }
    return actions;
  }

  private static List<String> resources(Input input) {
    List<String> resources = bounded(input, "ResourceArns");
    for (String resource : resources) {
      if (!resource.equals("*") && !resource.startsWith("arn:")) {
        throw IamErrors.invalidInput("Invalid Resource ARN: " + resource);
      }
    }
    return resources.isEmpty() ? List.of("*") : resources;
  }

  private static List<String> bounded(Input input, String member) {
    List<String> values = input.texts(member);
    if (values.size() > MAX_ITEMS) {
      throw IamErrors.invalidInput(member + " must have at most " + MAX_ITEMS + " members.");
    }
    return values;
  }

  private static String owner(Input input, String fallback) {
    String owner = input.text("ResourceOwner").orElse(fallback);
    String[] fields = owner.split(":", 6);
    return fields.length == 6 ? fields[4] : owner;
  }

  private static Optional<Source> boundary(Input input) {
    List<Source> boundaries = inputs(input, BOUNDARIES, BOUNDARY);
    if (boundaries.size() > 1) {
      throw IamErrors.invalidInput(BOUNDARIES + " must have one member.");
    }
    return boundaries.stream().findFirst();
  }

  private static List<Source> inputs(Input input, String member, String type) {
    List<Source> sources = new ArrayList<>();
    for (String json : bounded(input, member)) {
      String id = member + "." + (sources.size() + 1);
      sources.add(new Source(id, type, parse(id, json)));
    }
    return sources;
  }

  /** A stored policy: a managed one by its name, an inline one by kind, holder and name. */
  private static Source source(Document document, String type) {
    String[] path = document.name().substring(document.name().lastIndexOf(':') + 1).split("/", -1);
    String last = path[path.length - 1];
    String id =
        path[0].equals("policy") || path.length < 3
            ? last
            : path[0] + "_" + path[path.length - 2] + "_" + last;
    return new Source(id, type, parse(id, document.json()));
  }

  private static Policy parse(String id, String json) {
    try {
      return Policy.parse(id, json);
    } catch (MalformedPolicyException malformed) {
      throw IamErrors.invalidInput("Invalid policy " + id + ": " + malformed.getMessage());
    }
  }

  private PolicyHolder holder(Input input) {
    String arn = input.requiredText("PolicySourceArn");
    String[] fields = arn.split(":", 6);
    String resource = fields.length == 6 && fields[2].equals("iam") ? fields[5] : "";
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    Optional<PolicyHolder> found = policies.holder(arn);
    return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
      case "user" -> found.orElseThrow(() -> IamErrors.noSuchUser(name));
      case "group" -> found.orElseThrow(() -> IamErrors.noSuchGroup(name));
      case "role" -> found.orElseThrow(() -> IamErrors.noSuchRole(name));
      default ->
          throw IamErrors.invalidInput(
              "Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
    };
  }

  private static void requireUser(Optional<String> caller, boolean needed) {
    boolean user = caller.filter(arn -> USER.matcher(arn).matches()).isPresent();
    if (!user && (needed || caller.isPresent())) {
      throw IamErrors.invalidInput("Invalid caller - Caller must be an IAM user in this context.");
    }
  }

  private IamPrincipal.User user(String arn) {
    String id = policies.holder(arn).map(found -> found.identity.id()).orElse("");
    return new IamPrincipal.User(arn, id, arn.split(":", 6)[4]);
  }

  private static void addUser(Map<String, List<String>> keys, IamPrincipal.User user) {
    keys.put("aws:principalarn", List.of(user.arn()));
    keys.put("aws:username", List.of(user.arn().substring(user.arn().lastIndexOf('/') + 1)));
    if (!user.id().isEmpty()) {
      keys.put("aws:userid", List.of(user.id()));
    }
  }

  private static void addContext(Map<String, List<String>> keys, Input input) {
    List<Input> entries = input.structures("ContextEntries");
    if (entries.size() > MAX_ITEMS) {
      throw IamErrors.invalidInput("ContextEntries must have at most " + MAX_ITEMS + " members.");
    }
    for (Input entry : entries) {
      String type = entry.text("ContextKeyType").orElse("string");
      if (!KEY_TYPES.contains(type)) {
        throw IamErrors.invalidInput("Invalid ContextKeyType: " + type);
      }
      List<String> values = entry.texts("ContextKeyValues");
      // The engine knows a set by its size, and a set does not need different values.
      boolean setOfOne = type.endsWith("List") && values.size() == 1;
      keys.put(
          entry.requiredText("ContextKeyName").toLowerCase(Locale.ROOT),
          setOfOne ? List.of(values.getFirst(), values.getFirst()) : values);
    }
  }
}
