// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.testing.TestZip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The saved form of layers and URLs, and of functions from before there were any. */
class SavedLayersTest extends LambdaFixture {
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:layer:l:";

  /** Blobs in memory; {@code lost} are not found. */
  private static final class Memory implements Blobs {
    private final Map<String, byte[]> contents = new HashMap<>();
    private boolean lost;

    @Override
    public String keep(Object of, Supplier<byte[]> content) {
      String id = Integer.toString(contents.size());
      contents.put(id, content.get());
      return id;
    }

    @Override
    public byte[] load(String id) {
      return find(id, "").orElseThrow();
    }

    @Override
    public Optional<byte[]> find(String id, String what) {
      return lost && what.equals("a layer")
          ? Optional.empty()
          : Optional.ofNullable(contents.get(id));
    }
  }

  private void publish(String text) {
    call(
        "PublishLayerVersion",
        "{'LayerName': 'l', 'Content': {'ZipFile': '" + TestZip.base64("x.txt", text) + "'}}");
  }

  private void restored(JsonNode saved, Blobs blobs) {
    service.close();
    service = service(false);
    dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    dispatcher.register(service);
    service.state().restore(saved, blobs);
    service.state().resume();
  }

  @Test
  void layersAndUrlsAreThereAfterARestart() {
    publish("one");
    publish("two");
    create("f", ", 'Layers': ['" + ARN + "1']");
    call("CreateFunctionUrlConfig", "{'FunctionName': 'f', 'AuthType': 'NONE'}");
    JsonNode url = call("GetFunctionUrlConfig", "{'FunctionName': 'f'}").json();
    call("DeleteLayerVersion", "{'LayerName': 'l', 'VersionNumber': 1}");
    call("DeleteLayerVersion", "{'LayerName': 'l', 'VersionNumber': 2}");
    publish("three");
    var blobs = new Memory();

    restored(service.state().save(blobs), blobs);

    assertThat(call("GetFunctionUrlConfig", "{'FunctionName': 'f'}").json()).isEqualTo(url);
    assertThat(
            call("GetFunctionConfiguration", "{'FunctionName': 'f'}")
                .json()
                .at("/Layers/0/Arn")
                .asText())
        .isEqualTo(ARN + "1");
    assertThat(text(invoke("{'FunctionName': 'f'}", "7"))).isEqualTo("7");
    JsonNode versions = call("ListLayerVersions", "{'LayerName': 'l'}").json();
    assertThat(versions.path("LayerVersions").findValuesAsText("Version")).containsExactly("3");
    publish("four");
    assertThat(
            call("ListLayerVersions", "{'LayerName': 'l'}")
                .json()
                .at("/LayerVersions/0/Version")
                .asInt())
        .isEqualTo(4);
  }

  @Test
  void aFunctionFromBeforeLayersIsRead() {
    create("f", "");
    call("PublishVersion", "{'FunctionName': 'f'}");
    var blobs = new Memory();
    ObjectNode saved = (ObjectNode) service.state().save(blobs);
    saved.remove(List.of("layers", "layerNumbers"));
    for (JsonNode function : saved.path("functions")) {
      ((ObjectNode) function).remove("urls");
      ((ObjectNode) function.path("latest")).remove("layers");
      function.path("versions").forEach(version -> ((ObjectNode) version).remove("layers"));
    }

    restored(saved, blobs);

    assertThat(text(invoke("{'FunctionName': 'f:1'}", "7"))).isEqualTo("7");
    assertThat(call("ListLayers", "{}").json().path("Layers")).isEmpty();
  }

  @Test
  void withoutALayersContentTheRestIsThere() {
    publish("one");
    create("with", ", 'Layers': ['" + ARN + "1']");
    create("without", "");
    var blobs = new Memory();
    JsonNode saved = service.state().save(blobs);
    blobs.lost = true;

    restored(saved, blobs);

    assertThat(call("ListFunctions", "{}").json().findValuesAsText("FunctionName"))
        .containsExactly("without");
    assertThat(call("ListLayers", "{}").json().path("Layers")).isEmpty();
  }
}
