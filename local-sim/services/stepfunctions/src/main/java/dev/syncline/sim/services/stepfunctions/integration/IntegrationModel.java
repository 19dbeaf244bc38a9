// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of a service's published model beyond its operations: see services.properties.
 *
 * @param id the SDK's name of it, such as {@code Secrets Manager}
 * @param lowerCase whether members begin in lower case on the wire
 * @param exceptions members that do not
 * @param errors exception by error code; empty when the model is not known
 * @param maps members whose keys are data
 * @param mapLists members that are lists of such maps; with {@code .*} behind it, maps of such
 *     lists
 * @param sdkMembers members that the SDK for Java spells in its own way: wire name by SDK name
 * @param times members that are points in time
 */
record IntegrationModel(
    String id,
    boolean lowerCase,
    Set<String> exceptions,
    Map<String, String> errors,
    Set<String> maps,
    Set<String> mapLists,
    Map<String, String> sdkMembers,
    Set<String> times) {
  private static final Pattern WORDS = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");
  private static final Map<String, IntegrationModel> MODELS = load();

  /** The model of the service that is signed for as {@code signingName}. */
  static IntegrationModel of(String signingName) {
    IntegrationModel known = MODELS.get(signingName);
    return known != null
        ? known
        : new IntegrationModel(
            signingName.substring(0, 1).toUpperCase(Locale.ROOT) + signingName.substring(1),
            false,
            Set.of(),
            Map.of(),
            Set.of(),
            Set.of(),
            Map.of(),
            Set.of());
  }

  /** The signing name for the name after {@code aws-sdk:} in a resource, such as {@code sfn}. */
  static String signingName(String sdkName) {
    for (Map.Entry<String, IntegrationModel> model : MODELS.entrySet()) {
      if (model.getValue().sdkName().equals(sdkName)) {
        return model.getKey();
      }
    }
    return sdkName;
  }

  /** As it is written in resources: {@code cloudwatchlogs}. */
  private String sdkName() {
    return id.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** The prefix of the SDK's classes, version 2: {@code CloudWatchLogs}, {@code DynamoDb}. */
  String classPrefix() {
    var prefix = new StringBuilder();
    WORDS
        .matcher(id)
        .results()
        .forEach(
            word ->
                prefix
                    .append(word.group().charAt(0))
                    .append(word.group().substring(1).toLowerCase(Locale.ROOT)));
    return prefix.toString();
  }

  /** The SDK's exception class for an error code; null when the model has no such error. */
  @Nullable String exception(String code) {
    String shape = errors.isEmpty() || errors.containsValue(code) ? code : errors.get(code);
    if (shape == null) {
      return null;
    }
    if (shape.endsWith("Fault")) {
      return shape.substring(0, shape.length() - "Fault".length()) + "Exception";
    }
    return shape.endsWith("Exception") ? shape : shape + "Exception";
  }

  private static Map<String, IntegrationModel> load() {
    var properties = new Properties();
    try (InputStream file = IntegrationModel.class.getResourceAsStream("services.properties")) {
      properties.load(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var models = new TreeMap<String, IntegrationModel>();
    for (String key : properties.stringPropertyNames()) {
      if (key.endsWith(".id")) {
        String name = key.substring(0, key.length() - ".id".length());
        models.put(
            name,
            new IntegrationModel(
                properties.getProperty(key),
                properties.getProperty(name + ".members", "").equals("lower"),
                set(properties.getProperty(name + ".members.except", "")),
                pairs(set(properties.getProperty(name + ".errors", ""))),
                set(properties.getProperty(name + ".maps", "")),
                set(properties.getProperty(name + ".mapLists", "")),
                pairs(set(properties.getProperty(name + ".sdkMembers", ""))),
                set(properties.getProperty(name + ".times", ""))));
      }
    }
    return Map.copyOf(models);
  }

  private static Set<String> set(String text) {
    return text.isBlank() ? Set.of() : Set.of(text.strip().split(",\\s*"));
  }

  private static Map<String, String> pairs(Set<String> entries) {
    var pairs = new HashMap<String, String>();
    for (String entry : entries) {
      int colon = entry.indexOf(':');
      pairs.put(
          colon < 0 ? entry : entry.substring(0, colon),
          colon < 0 ? entry : entry.substring(colon + 1));
    }
    return Map.copyOf(pairs);
  }
}
