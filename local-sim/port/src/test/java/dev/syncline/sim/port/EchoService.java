// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Map;

/** Answers with what it got, over whichever protocol a test needs. */
public record EchoService(String id, String signingName, Protocol protocol) implements AwsService {
  /** A service whose id is its signing name. */
  public EchoService(String signingName, Protocol protocol) {
    this(signingName, signingName, protocol);
  }

  /** Where several services have one signing name, the host of each begins with its id. */
  @Override
  public String hostPrefix() {
    return id.equals(signingName) ? signingName : id + "." + signingName;
  }

  @Override
  public String title() {
    return "Echo";
  }

  @Override
  public List<Operation> operations() {
    if (protocol instanceof Protocol.RestJson) {
      return List.of(
          Operation.rest(
              "GetThing",
              new HttpBinding(
                  "GET", "/things/{id}", 200, Map.of("tagKeys", "TagKeys"), Map.of("x-who", "Who")),
              (input, context) -> echo(input),
              "id",
              "TagKeys",
              "Who",
              "page"),
          Operation.rest(
              "CreateThing",
              HttpBinding.of("POST", "/things/", 201),
              (input, context) -> echo(input),
              "name",
              "list"),
          Operation.rest(
              "ListThings", HttpBinding.of("GET", "/things", 200), (i, c) -> echo(i), "page"),
          Operation.rest(
              "GetSpecialThing",
              HttpBinding.of("GET", "/things/special", 200),
              (i, c) -> Output.of(Json.object().put("special", true))),
          Operation.rest(
              "ImportThings",
              HttpBinding.of("POST", "/things?mode=import", 201),
              (i, c) -> Output.of(Json.object().put("imported", true))),
          Operation.rest(
              "DeleteThing",
              HttpBinding.of("DELETE", "/things/{id}", 204),
              (i, c) -> Output.empty(),
              "id"),
          Operation.rest(
              "GetFile", HttpBinding.of("GET", "/files/{path+}", 200), (i, c) -> echo(i), "path"),
          Operation.restBlob(
              "Invoke",
              HttpBinding.of("POST", "/things/{id}/invocations", 200),
              (i, c) -> Output.raw(202, Map.of("X-Amz-Executed", "v1"), c.body()),
              "id"));
    }
    return List.of(
        Operation.of("Echo", (input, context) -> echo(input), "A", "B", "L", "M", "N"),
        Operation.of(
            "Fail",
            (input, context) -> {
              throw new AwsException(
                  "ThingNotFound", 404, "no <thing> & nothing", Map.of("reason", "GONE"));
            }),
        Operation.of(
            "Break",
            (input, context) -> {
              throw new IllegalStateException("boom");
            }));
  }

  @Override
  public ServiceState state() {
    return ServiceState.NONE;
  }

  private static Output echo(Input input) {
    ObjectNode answer = Json.object();
    answer.set("echo", input.json());
    return Output.of(answer);
  }
}
