// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The input of a deployment. Immutable.
 *
 * @param stackName the stack's name
 * @param source the origin of the template, for messages
 * @param template the template's text
 * @param parameters the template's parameters, in order
 * @param uploads files by their key in the bucket {@link #BUCKET}
 */
record Deployment(
    String stackName,
    String source,
    String template,
    Map<String, String> parameters,
    Map<String, Path> uploads) {

  /** The bucket that exists before the template is deployed. */
  static final String BUCKET = "syncline-artifacts";

  /** The parameters of the shipped template that name files. */
  private static final List<String> KEY_PARAMETERS =
      List.of("BridgeArtifactKey", "WorkerArtifactKey", "WorkflowArtifactKey");

  /**
   * The same with the files of the shipped template under keys that change with their content:
   * CloudFormation does not see a change of a file under the same key.
   */
  Deployment withKeysByContent() {
    var keys = new LinkedHashMap<>(parameters);
    var files = new LinkedHashMap<>(uploads);
    for (String parameter : KEY_PARAMETERS) {
      Optional<String> declared = declaredDefault(parameter);
      if (declared.isPresent() && !parameters.containsKey(parameter)) {
        String key = declared.get();
        Path file = uploads.get(key);
        if (file != null) {
          String named = digest(file) + "/" + key;
          keys.put(parameter, named);
          files.remove(key);
          files.put(named, file);
        }
      }
    }
    return new Deployment(stackName, source, template, keys, files);
  }

  /** The value of a parameter: the given one, else the default in the template's text. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).or(() -> declaredDefault(name));
  }

  private Optional<String> declaredDefault(String parameter) {
    Matcher declared =
        Pattern.compile(
                "(?m)^  " + Pattern.quote(parameter) + ":\n(?:    .*\n)*?    Default: (\\S+)$")
            .matcher(template);
    return declared.find() ? Optional.of(declared.group(1)) : Optional.empty();
  }

  /** As JSON, for {@code POST /_syncline/deploy}. */
  ObjectNode toJson() {
    ObjectNode json =
        CliJson.object()
            .put("stackName", stackName)
            .put("source", source)
            .put("template", template);
    json.set("parameters", CliJson.object(parameters));
    ObjectNode files = json.putObject("uploads");
    uploads.forEach((key, file) -> files.put(key, file.toAbsolutePath().toString()));
    return json;
  }

  /**
   * Reads the result of {@link #toJson}.
   *
   * @throws IllegalArgumentException naming the member that is missing or not a text
   */
  static Deployment fromJson(JsonNode json) {
    var files = new LinkedHashMap<String, Path>();
    texts(json, "uploads").forEach((key, file) -> files.put(key, Path.of(file)));
    return new Deployment(
        text(json, "stackName"),
        text(json, "source"),
        text(json, "template"),
        texts(json, "parameters"),
        files);
  }

  private static String text(JsonNode json, String member) {
    if (!json.path(member).isTextual()) {
      throw new IllegalArgumentException(member + " must be a text");
    }
    return json.path(member).asText();
  }

  private static Map<String, String> texts(JsonNode json, String member) {
    var texts = new LinkedHashMap<String, String>();
    JsonNode given = json.path(member);
    if (!given.isObject() && !given.isMissingNode()) {
      throw new IllegalArgumentException(member + " must be an object of texts");
    }
    given.fieldNames().forEachRemaining(name -> texts.put(name, text(given, name)));
    return texts;
  }

  private static String digest(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (IOException unreadable) {
      throw new Failure("cannot read " + file + ": " + Failure.reason(unreadable));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
