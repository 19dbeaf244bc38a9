// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the messages that user pools of a running simulator would have sent. */
@Command(
    name = "messages",
    description = {
      "Show the messages to users of Cognito user pools, the oldest first: codes and temporary",
      "passwords. Nothing leaves the simulator.",
    },
    footer = "%nExample: syncline messages alice@example.com --last")
final class MessagesCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "USER",
      description = "Only messages to this user name or address.")
  private String user = "";

  @Option(names = "--pool", paramLabel = "ID", description = "Only messages of this user pool.")
  private String pool = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only this kind, such as SignUp, ForgotPassword or AdminCreateUser.")
  private String kind = "";

  @Option(names = "--last", description = "Print only the code of the last message.")
  private boolean last;

  @Option(names = "--json", description = "Print the simulator's answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("pool", pool);
    wanted.put("user", user);
    wanted.put("kind", kind);
    wanted.values().removeIf(String::isEmpty);
    JsonNode answer = connect().messages(wanted);
    JsonNode messages = answer.path("messages");
    PrintWriter out = out();
    if (json) {
      out.println(answer);
    } else if (last) {
      if (messages.isEmpty()) {
        throw new Failure("there is no such message");
      }
      out.println(messages.get(messages.size() - 1).path("code").asText());
    } else if (messages.isEmpty()) {
      out.println("There is no such message.");
    } else {
      messages.forEach(message -> show(out, message));
    }
    return 0;
  }

  private static void show(PrintWriter out, JsonNode message) {
    out.printf(
        "%s  %s  %s  to %s (%s of %s)%n  %s%n",
        message.path("time").asText(),
        message.path("kind").asText(),
        message.path("medium").asText(),
        message.path("destination").asText(),
        message.path("user").asText(),
        message.path("pool").asText(),
        message.path("text").asText());
  }
}
