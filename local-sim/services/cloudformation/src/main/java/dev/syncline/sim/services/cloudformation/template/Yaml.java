// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.service.contract.YamlDocuments;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** YAML documents of other rooms. Stateless and thread-safe. */
public final class Yaml implements YamlDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A reader and writer. */
  public Yaml() {}

  @Override
  public JsonNode read(String text) {
    try {
      return TemplateText.document(text);
    } catch (TemplateException malformed) {
      throw new IllegalArgumentException(
          String.valueOf(malformed.getMessage()).replace("Template format error: ", ""));
    }
  }

  @Override
  public String write(JsonNode value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
    return new Dump(settings).dumpToString(JSON.convertValue(value, Object.class));
  }
}
