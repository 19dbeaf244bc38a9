// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.servicetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.service.ApiCall;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.models.ModelCheck;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelMember.Location;
import dev.syncline.sim.service.models.ModelOperation;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.service.state.ServiceState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules for every room. A room's test extends it. Beside it lies {@code room-calls.json} with calls
 * that create resources and calls that read them.
 */
public abstract class ServiceContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 7;
  private static final Pattern READING = Pattern.compile("(Get|List|Describe|Head|Filter)[A-Z]");

  @TempDir private Path work = Path.of(".");
  private final RoomCalls calls = RoomCalls.of(getClass());
  private ServiceProvider provider = findProvider();

  /** New stand-ins for the rooms that this one calls; none by default. */
  protected List<AwsService> neighbours() {
    return List.of();
  }

  /**
   * Members that the room accepts although AWS's model does not have them, as {@code
   * Operation.Member}; none by default. Each needs a reason where it is named.
   */
  protected Set<String> ownMembers() {
    return Set.of();
  }

  /** Members of answers that AWS has and the published model has not; none by default. */
  protected Set<String> ownAnswers() {
    return Set.of();
  }

  /** Provides contracts of other rooms that the room's operations need; none by default. */
  protected void provide(Contracts contracts) {}

  @BeforeEach
  void find() {
    provider = findProvider();
  }

  /** The provider of the test's room, as the simulator finds it. */
  private ServiceProvider findProvider() {
    String room = getClass().getPackageName();
    return ServiceLoader.load(ServiceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(found -> found.getClass().getPackageName().equals(room))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "META-INF/services/"
                        + ServiceProvider.class.getName()
                        + " names no provider in "
                        + room));
  }

  private Room room() {
    return new Room(provider, work, SEED, neighbours(), this::provide);
  }

  private static ServiceModel model(Room room) {
    return ServiceModel.of(room.service.id());
  }

  private static ObjectNode json(String singleQuoted) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
  }

  @Test
  void theServiceHasTheIdOfItsProvider() {
    try (Room room = room()) {
      assertThat(room.service.id()).isEqualTo(provider.id());
    }
  }

  @Test
  void everyOperationAndMemberIsInAwsModel() {
    try (Room room = room()) {
      ServiceModel model = model(room);
      var unknown = new TreeSet<String>();
      for (Operation operation : room.service.operations()) {
        ModelOperation published = model.findOperation(operation.name()).orElse(null);
        if (published == null) {
          unknown.add(operation.name());
          continue;
        }
        for (String member : operation.members()) {
          if (published.input().filter(input -> takes(input, member)).isEmpty()) {
            unknown.add(operation.name() + "." + member);
          }
        }
      }
      assertThat(unknown)
          .as("members that AWS's model does not have")
          .isEqualTo(new TreeSet<>(ownMembers()));
    }
  }

  /** Whether the model has the member, under its own name or its name on the wire. */
  private static boolean takes(ModelShape.Structure input, String member) {
    return input.members().values().stream()
        .anyMatch(
            published -> published.name().equals(member) || published.wireName().equals(member));
  }

  @Test
  void anUnknownMemberIsRefusedByName() {
    try (Room room = room()) {
      for (Operation operation : room.service.operations()) {
        assertThatThrownBy(() -> room.call(operation.name(), json("{'NoSuchMemberAnywhere': 'x'}")))
            .as(operation.name())
            .isInstanceOf(AwsException.class)
            .hasMessageContaining("NoSuchMemberAnywhere");
      }
    }
  }

  @Test
  void anEmptyInputIsAnsweredInAwsShapeOrRefused() throws Exception {
    var wrong = new TreeMap<String, String>();
    for (String operation : names()) {
      try (Room room = room()) {
        JsonNode output = room.call(operation, json("{}"));
        List<ModelCheck.Difference> differences = differences(room, operation, output);
        if (!differences.isEmpty()) {
          wrong.put(operation, differences.toString());
        }
      } catch (AwsException refused) {
        if (refused.status() < 400 || refused.status() >= 500 || refused.code().isEmpty()) {
          wrong.put(operation, refused.status() + " " + refused.code());
        }
      } catch (RuntimeException defect) {
        wrong.put(operation, defect.toString());
      }
    }
    assertThat(wrong).as("answers that do not fit the model, and defects").isEmpty();
  }

  private List<String> names() {
    try (Room room = room()) {
      return room.service.operations().stream().map(Operation::name).toList();
    }
  }

  private List<ModelCheck.Difference> differences(Room room, String operation, JsonNode output) {
    ModelOperation published = model(room).operation(operation);
    boolean raw = published.output().isEmpty() || output.isMissingNode() || output.isEmpty();
    if (raw) {
      return List.of();
    }
    // The output of a REST service has the wire's names.
    List<ModelCheck.Difference> byWire =
        differences(room, ModelCheck.Naming.WIRE, operation, output);
    return byWire.isEmpty()
        ? byWire
        : differences(room, ModelCheck.Naming.MEMBER, operation, output);
  }

  private List<ModelCheck.Difference> differences(
      Room room, ModelCheck.Naming naming, String operation, JsonNode output) {
    return new ModelCheck(model(room), naming)
        .output(operation, output).stream()
            // Members of the status line and of headers are not in the JSON of an output.
            .filter(difference -> difference.kind() != ModelCheck.Kind.MISSING)
            .filter(difference -> !ownAnswers().contains(member(difference.path())))
            .toList();
  }

  private static String member(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  @Test
  void createdThingsCanBeReadInAwsShape() throws Exception {
    try (Room room = room()) {
      var answers = new RoomCalls.Answers();
      for (RoomCalls.Call call : calls.creations()) {
        assertFits(room, call, answers.call(room, call));
      }
      for (RoomCalls.Call call : calls.readings()) {
        assertFits(room, call, answers.call(room, call));
      }
    }
  }

  private void assertFits(Room room, RoomCalls.Call call, JsonNode output) {
    assertThat(differences(room, call.operation(), output)).as(call.toString()).isEmpty();
  }

  @Test
  void everyReadingOperationIsCalledOrHasAReason() {
    assertThat(calls.creations()).as("creations").isNotEmpty();
    var reading =
        new TreeSet<>(names().stream().filter(name -> READING.matcher(name).lookingAt()).toList());
    assertThat(reading).containsAll(calls.notRead().keySet());
    var called = new TreeSet<>(calls.notRead().keySet());
    calls.readings().forEach(call -> called.add(call.operation()));
    // Others may read too, such as Scan.
    assertThat(called).containsAll(reading);
  }

  @Test
  void aPlannedFaultStrikesEveryOperation() {
    try (Room room = room()) {
      room.faults.add(FaultRule.always("call", new Fault.Refuse(418, "Planned", "planned")));
      for (Operation operation : room.service.operations()) {
        assertThatThrownBy(() -> room.call(operation.name(), json("{}")))
            .as(operation.name())
            .isInstanceOfSatisfying(
                AwsException.class, error -> assertThat(error.code()).isEqualTo("Planned"));
      }
    }
  }

  @Test
  void theJournalHasEveryRequestWithItsOperation() {
    for (String operation : names()) {
      try (Room room = room()) {
        room.clock.call(() -> room.router.answer(request(room, operation)));
        assertThat(room.journal.since(0))
            .as(operation)
            .anySatisfy(
                entry ->
                    assertThat(entry.event())
                        .isInstanceOfSatisfying(
                            ApiCall.class,
                            call -> {
                              assertThat(call.service()).isEqualTo(room.service.id());
                              assertThat(call.operation()).isEqualTo(operation);
                            }));
      } catch (Exception failure) {
        throw new AssertionError(operation, failure);
      }
    }
  }

  /** The request of an operation as its service's protocol has it, with an empty input. */
  private static HttpRequest request(Room room, String operation) {
    ServiceModel model = model(room);
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("Host", "127.0.0.1"));
    headers.add(
        Map.entry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
                + room.service.signingName()
                + "/aws4_request, SignedHeaders=host, Signature=0"));
    ModelOperation published = model.operation(operation);
    String method = published.httpMethod();
    String target = published.requestUri().replaceAll("\\{[^}]*}", "x");
    String body = "";
    if (room.service.protocol().asJson().isPresent()) {
      headers.add(
          Map.entry(
              "X-Amz-Target",
              room.service.protocol().asJson().get().targetPrefix() + "." + operation));
      headers.add(
          Map.entry(
              "Content-Type",
              "application/x-amz-json-" + room.service.protocol().asJson().get().version()));
      body = "{}";
    } else if (room.service.protocol().asQuery().isPresent()) {
      headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
      body = "Action=" + operation + "&Version=" + model.apiVersion();
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      headers.add(Map.entry("Content-Type", "application/json"));
      body = "{}";
    }
    if (room.service.protocol().asJson().isEmpty() && room.service.protocol().asQuery().isEmpty()) {
      for (ModelMember member : required(published)) {
        if (member.location().filter(Location.HEADER::equals).isPresent()) {
          headers.add(Map.entry(member.wireName(), "x/x"));
        } else if (member.location().filter(Location.QUERY_STRING::equals).isPresent()) {
          target += (target.contains("?") ? "&" : "?") + member.wireName() + "=1";
        }
      }
    }
    int question = target.indexOf('?');
    return new HttpRequest(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        new Headers(headers),
        body.getBytes(StandardCharsets.UTF_8),
        "127.0.0.1",
        false);
  }

  private static List<ModelMember> required(ModelOperation operation) {
    return operation.input().stream()
        .flatMap(
            input ->
                input.members().values().stream()
                    .filter(member -> input.required().contains(member.name())))
        .toList();
  }

  @Test
  void theStateSurvivesARestart() throws Exception {
    var blobs = new Room.MemoryBlobs();
    JsonNode saved;
    List<JsonNode> before;
    var answers = new RoomCalls.Answers();
    try (Room room = room()) {
      all(room, answers, calls.creations());
      before = all(room, answers, calls.readings());
      if (room.service.state() == ServiceState.NONE) {
        return;
      }
      saved = JSON.readTree(JSON.writeValueAsBytes(room.service.state().save(blobs)));
    }
    try (Room room = room()) {
      room.service.state().restore(saved, blobs);
      room.service.state().resume();
      List<JsonNode> after = all(room, answers, calls.readings());
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).toString())
            .as(calls.readings().get(i).operation())
            .isEqualTo(before.get(i).toString());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameAnswers() throws Exception {
    assertThat(answers()).isEqualTo(answers());
  }

  private List<JsonNode> answers() throws Exception {
    try (Room room = room()) {
      return all(room, new RoomCalls.Answers(), calls.creations());
    }
  }

  private static List<JsonNode> all(
      Room room, RoomCalls.Answers answers, List<RoomCalls.Call> calls) throws Exception {
    var all = new ArrayList<JsonNode>();
    for (RoomCalls.Call call : calls) {
      all.add(answers.call(room, call));
    }
    return all;
  }
}
