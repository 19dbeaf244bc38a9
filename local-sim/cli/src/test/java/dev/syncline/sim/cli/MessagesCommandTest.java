// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of user pools on the command line. */
class MessagesCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int messages(Instance instance, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var arguments =
        new ArrayList<>(List.of("messages", "--port", String.valueOf(instance.simulator().port())));
    arguments.addAll(List.of(words));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private static JsonNode call(Simulator simulator, String operation, String input)
      throws Exception {
    return simulator
        .dispatcher()
        .call(
            "cognito",
            operation,
            (ObjectNode) JSON.readTree(input.replace('\'', '"')),
            simulator.internalCall())
        .json();
  }

  @Test
  void showsTheCodesOfAUser(@TempDir Path work) throws Exception {
    try (Instance instance =
        Instance.start(SimulatorConfig.defaults(work).withPort(0, -1), new StopSignal())) {
      assertThat(messages(instance)).isZero();
      assertThat(out.toString()).contains("There is no such message.");
      assertThat(messages(instance, "--last")).isNotZero();
      assertThat(err.toString()).contains("there is no such message");
      Simulator simulator = instance.simulator();
      String pool =
          call(simulator, "CreateUserPool", "{'PoolName': 'p'}").at("/UserPool/Id").asText();
      for (String user : List.of("ann", "bob")) {
        call(
            simulator,
            "AdminCreateUser",
            "{'UserPoolId': '%s', 'Username': '%s', 'TemporaryPassword': 'Passw0rd!%s',"
                    .formatted(pool, user, user)
                + " 'UserAttributes': [{'Name': 'email', 'Value': '%s@example.com'}]}"
                    .formatted(user));
      }
      assertThat(messages(instance, "bob", "--last")).isZero();
      assertThat(out.toString().strip()).isEqualTo("Passw0rd!bob");
      assertThat(messages(instance, "ann@example.com", "--pool", pool)).isZero();
      assertThat(out.toString())
          .contains("AdminCreateUser  EMAIL  to ann@example.com (ann of " + pool + ")")
          .contains("Your username is ann and temporary password is Passw0rd!ann.")
          .doesNotContain("bob");
      assertThat(messages(instance, "--kind", "SignUp", "--json")).isZero();
      assertThat(JSON.readTree(out.toString()).path("messages")).isEmpty();
    }
  }
}
