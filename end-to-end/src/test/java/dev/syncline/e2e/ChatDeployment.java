// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.benchmarks.SrpClient;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The example {@code examples/chat}, deployed by its template, with users. */
final class ChatDeployment implements AutoCloseable {
  static final String EXAMPLE = "examples/chat/";
  static final String PASSWORD = "Passw0rd-of-the-user";
  private static final ObjectMapper JSON = new ObjectMapper();

  final Simulator simulator;
  private final Map<String, String> outputs;

  private ChatDeployment(Simulator simulator, Map<String, String> outputs) {
    this.simulator = simulator;
    this.outputs = outputs;
  }

  static ChatDeployment start(SimulatorConfig config, String... users) throws Exception {
    Simulator simulator = Simulator.start(config);
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      Map<String, String> outputs =
          deployer.create("chat", Repository.text(EXAMPLE + "template.yaml"), Map.of(), step -> {});
      var deployed = new ChatDeployment(simulator, outputs);
      for (String user : users) {
        deployed.addUser(user);
      }
      return deployed;
    } catch (Exception failure) {
      simulator.close();
      throw failure;
    }
  }

  /** A deployment in a simulator that another test closes. */
  static ChatDeployment around(Simulator simulator, Map<String, String> outputs) {
    return new ChatDeployment(simulator, outputs);
  }

  /** Adds a user with a name that none has, and gives the name. */
  String addNewUser() throws Exception {
    ObjectNode pool = JSON.createObjectNode().put("UserPoolId", output("UserPoolId"));
    String name = "user" + call("ListUsers", pool).path("Users").size();
    addUser(name);
    return name;
  }

  String output(String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  /** What the page reads as {@code config.json}. */
  ObjectNode config() {
    return JSON.createObjectNode()
        .put("cognitoUrl", simulator.endpoint() + "/")
        .put("userPoolId", output("UserPoolId"))
        .put("clientId", output("ClientId"))
        .put("graphqlUrl", output("GraphQLUrl"))
        .put("realtimeUrl", output("RealtimeUrl"));
  }

  private void addUser(String name) throws Exception {
    ObjectNode user = user(name);
    call("AdminCreateUser", user.deepCopy().put("MessageAction", "SUPPRESS"));
    call("AdminSetUserPassword", user.put("Password", PASSWORD).put("Permanent", true));
  }

  ObjectNode user(String name) {
    return JSON.createObjectNode().put("UserPoolId", output("UserPoolId")).put("Username", name);
  }

  /** Calls an operation of user pools. */
  JsonNode call(String operation, ObjectNode input) throws Exception {
    return simulator
        .clock()
        .call(
            () ->
                simulator
                    .dispatcher()
                    .call("cognito", operation, input, simulator.internalCall())
                    .json());
  }

  /** The result of a sign-in with SRP. */
  JsonNode signIn(String name) throws Exception {
    var srp = new SrpClient(RandomGenerator.getDefault());
    ObjectNode begin =
        JSON.createObjectNode()
            .put("AuthFlow", "USER_SRP_AUTH")
            .put("ClientId", output("ClientId"));
    begin.putObject("AuthParameters").put("USERNAME", name).put("SRP_A", srp.publicValue());
    JsonNode challenge = call("InitiateAuth", begin).path("ChallengeParameters");
    String pool = output("UserPoolId");
    String block = challenge.path("SECRET_BLOCK").asText();
    SrpClient.Proof proof =
        srp.prove(
            pool.substring(pool.indexOf('_') + 1),
            challenge.path("USER_ID_FOR_SRP").asText(),
            PASSWORD,
            challenge.path("SALT").asText(),
            challenge.path("SRP_B").asText(),
            block,
            simulator.clock().now());
    ObjectNode answer =
        JSON.createObjectNode()
            .put("ChallengeName", "PASSWORD_VERIFIER")
            .put("ClientId", output("ClientId"));
    answer
        .putObject("ChallengeResponses")
        .put("USERNAME", challenge.path("USER_ID_FOR_SRP").asText())
        .put("PASSWORD_CLAIM_SECRET_BLOCK", block)
        .put("PASSWORD_CLAIM_SIGNATURE", proof.signature())
        .put("TIMESTAMP", proof.timestamp());
    return call("RespondToAuthChallenge", answer).path("AuthenticationResult");
  }

  /** A client of the API with this token. */
  GraphqlApi api(String token) {
    return GraphqlApi.signedIn(output("GraphQLUrl"), output("RealtimeUrl"), token);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
