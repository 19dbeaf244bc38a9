// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sign-ins at a user pool over HTTP, by password and by SRP, and verifications of access tokens by
 * {@code GetUser}. The client's arithmetic of SRP runs on the same processors and is also measured
 * alone.
 *
 * <pre>
 * SignInBenchmark [requests] [connections]
 * </pre>
 */
public final class SignInBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "Passw0rd!";
  private static final String TARGET = "X-Amz-Target: AWSCognitoIdentityProviderService.";

  private final Simulator simulator;
  private final String pool;
  private final String client;

  private SignInBenchmark(Simulator simulator) throws IOException {
    this.simulator = simulator;
    this.pool = call("CreateUserPool", "{\"PoolName\":\"b\"}").at("/UserPool/Id").asText();
    ObjectNode settings = JSON.createObjectNode().put("UserPoolId", pool).put("ClientName", "c");
    settings
        .putArray("ExplicitAuthFlows")
        .add("ALLOW_USER_PASSWORD_AUTH")
        .add("ALLOW_USER_SRP_AUTH");
    this.client =
        call("CreateUserPoolClient", settings.toString()).at("/UserPoolClient/ClientId").asText();
    ObjectNode user = JSON.createObjectNode().put("UserPoolId", pool).put("Username", "alice");
    call("AdminCreateUser", user.deepCopy().put("MessageAction", "SUPPRESS").toString());
    call("AdminSetUserPassword", user.put("Password", PASSWORD).put("Permanent", true).toString());
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    int requests = arguments.number(0, 2_000);
    int connections = arguments.number(1, 2);
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withClock(new ClockMode.Real());
    try (Simulator simulator = Simulator.start(config)) {
      var benchmark = new SignInBenchmark(simulator);
      System.out.println("password");
      String signIn = benchmark.passwordSignIn();
      benchmark.load("InitiateAuth", signIn).runAll(requests, connections);
      System.out.println("SRP");
      for (int round = 1; round <= 3; round++) {
        benchmark.srp(requests, connections);
      }
      System.out.println("GetUser");
      benchmark.load("GetUser", benchmark.bearer(signIn)).runAll(requests, connections);
    }
  }

  private HttpLoad load(String operation, String body) {
    return new HttpLoad(
        simulator.endpoint(), "/", TARGET + operation + "\r\n" + "", number -> body);
  }

  private String passwordSignIn() {
    ObjectNode input =
        JSON.createObjectNode().put("AuthFlow", "USER_PASSWORD_AUTH").put("ClientId", client);
    input.putObject("AuthParameters").put("USERNAME", "alice").put("PASSWORD", PASSWORD);
    return input.toString();
  }

  private String bearer(String signIn) throws IOException {
    String token = call("InitiateAuth", signIn).at("/AuthenticationResult/AccessToken").asText();
    return JSON.createObjectNode().put("AccessToken", token).toString();
  }

  private void srp(int signIns, int connections) throws InterruptedException {
    var next = new AtomicInteger();
    var wrong = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    long begun = System.nanoTime();
    var arithmetic = new java.util.concurrent.atomic.LongAdder();
    for (int i = 0; i < connections; i++) {
      long seed = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    var random = new SplittableRandom(seed);
                    try (var connection = new PlainConnection(simulator.endpoint())) {
                      while (next.getAndIncrement() < signIns) {
                        if (!signIn(connection, random, arithmetic)) {
                          wrong.incrementAndGet();
                        }
                      }
                    } catch (IOException | GeneralSecurityException failed) {
                      wrong.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%6d sign-ins  %7.0f/s with the client's arithmetic (%.1f ms each)  %d wrong%n",
        signIns,
        signIns / seconds,
        arithmetic.sum() / 1e6 / signIns,
        wrong.get());
  }

  private boolean signIn(
      PlainConnection connection,
      SplittableRandom random,
      java.util.concurrent.atomic.LongAdder arithmetic)
      throws IOException, GeneralSecurityException {
    long from = System.nanoTime();
    var srp = new SrpClient(random);
    arithmetic.add(System.nanoTime() - from);
    ObjectNode begin =
        JSON.createObjectNode().put("AuthFlow", "USER_SRP_AUTH").put("ClientId", client);
    begin.putObject("AuthParameters").put("USERNAME", "alice").put("SRP_A", srp.publicValue());
    JsonNode challenge = post(connection, "InitiateAuth", begin).path("ChallengeParameters");
    from = System.nanoTime();
    SrpClient.Proof proof =
        srp.prove(
            pool.substring(pool.indexOf('_') + 1),
            challenge.path("USER_ID_FOR_SRP").asText(),
            PASSWORD,
            challenge.path("SALT").asText(),
            challenge.path("SRP_B").asText(),
            challenge.path("SECRET_BLOCK").asText(),
            Instant.now());
    arithmetic.add(System.nanoTime() - from);
    ObjectNode answer =
        JSON.createObjectNode().put("ChallengeName", "PASSWORD_VERIFIER").put("ClientId", client);
    answer
        .putObject("ChallengeResponses")
        .put("USERNAME", "alice")
        .put("TIMESTAMP", proof.timestamp())
        .put("PASSWORD_CLAIM_SECRET_BLOCK", challenge.path("SECRET_BLOCK").asText())
        .put("PASSWORD_CLAIM_SIGNATURE", proof.signature());
    return post(connection, "RespondToAuthChallenge", answer).has("AuthenticationResult");
  }

  private static JsonNode post(PlainConnection connection, String operation, ObjectNode input)
      throws IOException {
    String headers = "Content-Type: application/x-amz-json-1.1\r\n" + TARGET + operation + "\r\n";
    return JSON.readTree(connection.post("/", headers, input.toString()).body());
  }

  private JsonNode call(String operation, String input) throws IOException {
    return simulator
        .dispatcher()
        .call("cognito", operation, (ObjectNode) JSON.readTree(input), simulator.internalCall())
        .json();
  }
}
