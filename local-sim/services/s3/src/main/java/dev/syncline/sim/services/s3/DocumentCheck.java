// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ModelShape.Structure;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.Set;

/**
 * Checks documents of buckets against the shapes of S3's model, whether they came as XML or from
 * inside: members, types, required members and enumerations. S3 answers {@code MalformedXML} to all
 * of these. Stateless.
 */
final class DocumentCheck {
  /** S3 refuses other values of these in words of its own, or takes more than its model lists. */
  private static final Set<String> OPEN = Set.of("Event", "FilterRuleName", "ServerSideEncryption");

  private DocumentCheck() {}

  /**
   * The document, checked.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML} with the place
   */
  static Input require(BucketSetting setting, S3Call call) {
    JsonNode given =
        call.input()
            .node(setting.member())
            .orElseThrow(() -> BucketErrors.malformedXml(setting.member() + " is missing"));
    check(
        ServiceModel.of("s3"),
        ServiceModel.of("s3").shape(setting.shape()),
        given,
        setting.member());
    return call.input().structure(setting.member()).orElseThrow(S3Errors::malformedXml);
  }

  private static void check(ServiceModel model, ModelShape shape, JsonNode value, String path) {
    switch (shape) {
      case Structure structure -> structure(model, structure, value, path);
      case ModelShape.Sequence list -> {
        require(value.isArray(), path, "must be a list");
        for (int i = 0; i < value.size(); i++) {
          check(model, model.shape(list.member()), value.get(i), path + "[" + i + "]");
        }
      }
      case ModelShape.Text text -> {
        require(value.isValueNode(), path, "must be a text");
        require(
            text.allowed().isEmpty()
                || OPEN.contains(text.name())
                || text.allowed().contains(value.asText()),
            path,
            "must be one of " + text.allowed());
      }
      case ModelShape.Numeric unused ->
          require(
              value.isIntegralNumber() || value.asText().matches("-?[0-9]{1,18}"),
              path,
              "must be a number");
      case ModelShape.Flag unused ->
          require(
              value.isBoolean() || Set.of("true", "false").contains(value.asText()),
              path,
              "must be true or false");
      default -> require(value.isValueNode(), path, "must be a value");
    }
  }

  private static void structure(ServiceModel model, Structure shape, JsonNode value, String path) {
    require(value.isObject(), path, "must be a structure");
    value
        .properties()
        .forEach(
            entry -> {
              String at = path + "." + entry.getKey();
              ModelMember member = shape.members().get(entry.getKey());
              if (member == null) {
                throw BucketErrors.malformedXml(at + " is unknown");
              }
              check(model, model.shape(member), entry.getValue(), at);
            });
    for (String member : shape.required()) {
      require(value.hasNonNull(member), path + "." + member, "is missing");
    }
  }

  private static void require(boolean holds, String path, String what) {
    if (!holds) {
      throw BucketErrors.malformedXml(path + " " + what);
    }
  }
}
