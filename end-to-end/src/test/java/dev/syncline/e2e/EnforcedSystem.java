// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A deployed system whose roles are put to the test: by what it used while permissions were
 * recorded, and without each single action while they are enforced. Functions in Java run in this
 * process.
 */
final class EnforcedSystem implements AutoCloseable {
  /** The use of a system, which fails without a permission that a role has. */
  @FunctionalInterface
  interface Story {
    void run(EnforcedSystem system) throws Exception;
  }

  /** Makes the story of a deployed system from its outputs. */
  @FunctionalInterface
  interface Stories {
    Story of(Map<String, String> outputs, HttpClient http);
  }

  /**
   * One action of one statement of a role's policy.
   *
   * @param without the policy without it
   */
  record Grant(String role, String policy, String document, String action, String without) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORDED = "recorded";
  private static final String DECIDED = "iam.PermissionDecided";

  /** A policy of AWS with more actions than the logs of stages need; no other one has fewer. */
  private static final Set<String> OF_A_SHARED_ROLE =
      Set.of("AmazonAPIGatewayPushToCloudWatchLogs");

  /** Actions whose results functions keep; the bridge keeps the replies that it received. */
  private static final Set<String> REMEMBERED =
      Set.of("secretsmanager:GetSecretValue", "sqs:GetQueueUrl", "states:DescribeExecution");

  private static final long SECONDS = 60;

  private final Simulator simulator;
  private long since;

  private EnforcedSystem(Simulator simulator) {
    this.simulator = simulator;
  }

  /** A system in {@code data}, which the next one in the same directory continues. */
  static EnforcedSystem start(IamMode mode, Path data, int port) throws Exception {
    SimulatorConfig config =
        Deployed.config()
            .withSetting(new IamSettings(mode, true))
            .withExecutor(FunctionExecutor.IN_PROCESS, 20)
            .withProactive(false)
            // The port of an API follows from its id, and other tests have APIs at the same time.
            .withSeed(data.toString().hashCode())
            .withData(data)
            .withPort(port, -1);
    return new EnforcedSystem(Simulator.start(config));
  }

  /**
   * Requires that the roles of a template are least-privileged: the story ends well with them while
   * permissions are enforced, and with the policies that a recorded run suggests; without any
   * single action it fails, with a refusal that names the action.
   */
  static void leastPrivileged(
      Path data,
      String template,
      Map<String, String> parameters,
      Map<String, byte[]> uploads,
      Stories stories)
      throws Exception {
    Map<String, String> outputs;
    List<PermissionReport.PrincipalUses> report;
    int port;
    try (HttpClient http = HttpClient.newHttpClient();
        EnforcedSystem recorded = start(IamMode.RECORD, data, 0)) {
      port = recorded.simulator.port();
      outputs = recorded.deploy(template, parameters, uploads);
      recorded.inlineManagedPolicies();
      recorded.run(stories.of(outputs, http));
      report = recorded.simulator.contracts().get(PermissionReport.class).principals();
    }
    var superfluous = new ArrayList<String>();
    var remembered = new ArrayList<Grant>();
    try (HttpClient http = HttpClient.newHttpClient();
        EnforcedSystem enforced = start(IamMode.ENFORCE, data, port)) {
      Story story = stories.of(outputs, http);
      enforced.run(story);
      var grants = new ArrayList<>(enforced.grants());
      enforced.usePolicies(report);
      enforced.run(story);
      enforced.restore(grants);
      grants.stream().filter(one -> REMEMBERED.contains(one.action())).forEach(remembered::add);
      grants.removeAll(remembered);
      superfluous.addAll(enforced.superfluous(grants, story));
    }
    for (Grant grant : remembered) {
      // New functions, which remember nothing.
      try (HttpClient http = HttpClient.newHttpClient();
          EnforcedSystem fresh = start(IamMode.ENFORCE, data, port)) {
        superfluous.addAll(fresh.superfluous(List.of(grant), stories.of(outputs, http)));
      }
    }
    assertThat(superfluous).isEmpty();
  }

  Simulator simulator() {
    return simulator;
  }

  /** Deploys as the account's root user. */
  Map<String, String> deploy(
      String template, Map<String, String> parameters, Map<String, byte[]> uploads)
      throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var root = simulator.internalCall().as(new CallPrincipal.Signed("test"));
      var deployer = new StackDeployer(simulator.dispatcher(), root, pollClock);
      for (Map.Entry<String, byte[]> upload : uploads.entrySet()) {
        deployer.upload(Deployed.BUCKET, upload.getKey(), upload.getValue());
      }
      var all = new TreeMap<>(parameters);
      if (!uploads.isEmpty()) {
        all.put("ArtifactBucket", Deployed.BUCKET);
      }
      return deployer.create("enforced", Repository.text(template), all, step -> {});
    }
  }

  /** A call of the simulator itself. */
  JsonNode call(String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  static ObjectNode input(String singleQuoted) {
    try {
      return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (java.io.IOException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Waits for a condition; fails at the first refused permission. */
  void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.call()) {
      List<String> refused = refused();
      if (!refused.isEmpty()) {
        throw new AssertionError(what + ": " + refused);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " took more than " + SECONDS + " s");
      }
      Thread.sleep(5);
    }
  }

  /** Whether an event of the journal has been recorded since the story began. */
  boolean happened(String type) {
    return simulator.journal().since(since).stream()
        .anyMatch(entry -> entry.event().type().equals(type));
  }

  /** The refused permissions of roles since the story began, as {@code role action}. */
  List<String> refused() {
    var refused = new ArrayList<String>();
    for (Journal.Entry entry :
        simulator
            .journal()
            .select(one -> one.sequence() > since && one.event().type().equals(DECIDED))) {
      Map<String, String> details = entry.event().details();
      String[] principal = String.valueOf(details.get("principal")).split("/", -1);
      if (!"allowed".equals(details.get("decision")) && principal.length == 3) {
        refused.add(principal[1] + " " + details.get("action"));
      }
    }
    return refused;
  }

  /** Every role with its policies: inline ones by name. */
  private Map<String, Map<String, String>> policies() {
    var all = new TreeMap<String, Map<String, String>>();
    for (JsonNode role : call("iam", "ListRoles", input("{}")).path("Roles")) {
      String name = role.path("RoleName").asText();
      var inline = new TreeMap<String, String>();
      for (JsonNode policy :
          call("iam", "ListRolePolicies", input("{'RoleName': '" + name + "'}"))
              .path("PolicyNames")) {
        JsonNode found =
            call(
                "iam",
                "GetRolePolicy",
                input("{'RoleName': '" + name + "'}").put("PolicyName", policy.asText()));
        inline.put(policy.asText(), decoded(found.path("PolicyDocument").asText()));
      }
      all.put(name, inline);
    }
    return all;
  }

  private static String decoded(String document) {
    return document.startsWith("%")
        ? URLDecoder.decode(document, StandardCharsets.UTF_8)
        : document;
  }

  /** Makes inline policies of the managed ones, so that each of their actions can be taken away. */
  void inlineManagedPolicies() {
    for (String role : policies().keySet()) {
      ObjectNode ofRole = input("{}").put("RoleName", role);
      for (JsonNode attached :
          call("iam", "ListAttachedRolePolicies", ofRole.deepCopy()).path("AttachedPolicies")) {
        String arn = attached.path("PolicyArn").asText();
        JsonNode policy =
            call("iam", "GetPolicy", input("{}").put("PolicyArn", arn)).path("Policy");
        String document =
            call(
                    "iam",
                    "GetPolicyVersion",
                    input("{}")
                        .put("PolicyArn", arn)
                        .put("VersionId", policy.path("DefaultVersionId").asText()))
                .at("/PolicyVersion/Document")
                .asText();
        put(role, attached.path("PolicyName").asText(), decoded(document));
        call("iam", "DetachRolePolicy", ofRole.deepCopy().put("PolicyArn", arn));
      }
    }
  }

  private void put(String role, String policy, String document) {
    call(
        "iam",
        "PutRolePolicy",
        input("{}")
            .put("RoleName", role)
            .put("PolicyName", policy)
            .put("PolicyDocument", document));
  }

  private void delete(String role, String policy) {
    call("iam", "DeleteRolePolicy", input("{}").put("RoleName", role).put("PolicyName", policy));
  }

  /** Each action of each statement of each role. */
  List<Grant> grants() throws Exception {
    var grants = new ArrayList<Grant>();
    for (Map.Entry<String, Map<String, String>> role : policies().entrySet()) {
      for (Map.Entry<String, String> policy : role.getValue().entrySet()) {
        JsonNode document = JSON.readTree(policy.getValue());
        JsonNode statements = document.path("Statement");
        for (int i = 0; i < Math.max(1, statements.size()); i++) {
          JsonNode statement = statements.isArray() ? statements.get(i) : statements;
          JsonNode actions = statement.path("Action");
          List<String> all = new ArrayList<>();
          if (actions.isTextual()) {
            all.add(actions.asText());
          }
          actions.forEach(action -> all.add(action.asText()));
          for (String action : all) {
            grants.add(
                new Grant(
                    role.getKey(),
                    policy.getKey(),
                    policy.getValue(),
                    action,
                    without(document, i, all, action)));
          }
          if (!statements.isArray()) {
            break;
          }
        }
      }
    }
    return grants;
  }

  private static String without(JsonNode document, int at, List<String> all, String action) {
    ObjectNode changed = document.deepCopy();
    if (!(changed.path("Statement") instanceof ArrayNode statements)) {
      return "";
    }
    if (all.size() == 1) {
      statements.remove(at);
      return statements.isEmpty() ? "" : changed.toString();
    }
    ArrayNode left = ((ObjectNode) statements.get(at)).putArray("Action");
    all.stream().filter(one -> !one.equals(action)).forEach(left::add);
    return changed.toString();
  }

  /** Runs the story. */
  void run(Story story) throws Exception {
    since = simulator.journal().lastSequence();
    story.run(this);
  }

  /** Gives each role the smallest policy of a report instead of its own. */
  void usePolicies(List<PermissionReport.PrincipalUses> report) {
    policies()
        .forEach(
            (role, inline) -> {
              // First the new one: at no time may a role have too little.
              report.stream()
                  .filter(uses -> uses.principal().endsWith("/" + role))
                  .filter(uses -> !uses.smallestPolicy().isEmpty())
                  .forEach(uses -> put(role, RECORDED, uses.smallestPolicy()));
              inline.keySet().forEach(policy -> delete(role, policy));
            });
  }

  /** Gives each role its own policies again. */
  void restore(List<Grant> grants) {
    grants.forEach(grant -> put(grant.role(), grant.policy(), grant.document()));
    policies()
        .forEach(
            (role, inline) -> {
              if (inline.containsKey(RECORDED)) {
                delete(role, RECORDED);
              }
            });
  }

  /** A mapping that was refused would wait until time passes. */
  private void restartMappings() {
    for (JsonNode mapping :
        call("lambda", "ListEventSourceMappings", input("{}")).path("EventSourceMappings")) {
      call(
          "lambda",
          "UpdateEventSourceMapping",
          input("{'Enabled': true}").put("UUID", mapping.path("UUID").asText()));
    }
  }

  /** Takes each action away in turn; gives those without which the story ends well. */
  List<String> superfluous(List<Grant> grants, Story story) throws Exception {
    var superfluous = new ArrayList<String>();
    for (Grant grant : grants) {
      if (grant.without().isEmpty()) {
        delete(grant.role(), grant.policy());
      } else {
        put(grant.role(), grant.policy(), grant.without());
      }
      String what = grant.role() + " " + grant.action();
      if (OF_A_SHARED_ROLE.contains(grant.policy())) {
        put(grant.role(), grant.policy(), grant.document());
        continue;
      }
      try {
        run(story);
        superfluous.add(what + " of " + grant.policy());
      } catch (AssertionError | java.io.IOException | RuntimeException failed) {
        assertThat(refused()).as("%s: %s", what, failed).contains(what);
      } finally {
        put(grant.role(), grant.policy(), grant.document());
        restartMappings();
      }
    }
    return superfluous;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
