// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;

/** The XML documents of requests as JSON. */
final class S3Documents {
  private S3Documents() {}

  /**
   * The payload of an operation.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML}, or {@code NotImplemented}
   *     naming an element that is not supported
   */
  static ObjectNode read(S3Binding operation, byte[] content) {
    return switch (operation.name()) {
      case "CreateBucket" -> bucketConfiguration(content);
      case "DeleteObjects" -> delete(content);
      default -> multipartUpload(content);
    };
  }

  private static ObjectNode bucketConfiguration(byte[] content) {
    XmlBody body = XmlBody.parse(content, "CreateBucketConfiguration");
    requireOnly(body, "CreateBucket", List.of("LocationConstraint"));
    ObjectNode configuration = Json.object();
    body.text("LocationConstraint")
        .ifPresent(location -> configuration.put("LocationConstraint", location));
    return configuration;
  }

  private static ObjectNode delete(byte[] content) {
    XmlBody body = XmlBody.parse(content, "Delete");
    ObjectNode delete = Json.object();
    ArrayNode objects = delete.putArray("Objects");
    for (XmlBody object : body.children("Object")) {
      ObjectNode one = objects.addObject();
      for (String name : object.names()) {
        one.put(name, object.text(name).orElse(""));
      }
    }
    body.text("Quiet").ifPresent(quiet -> delete.put("Quiet", quiet.equals("true")));
    return delete;
  }

  private static ObjectNode multipartUpload(byte[] content) {
    ObjectNode upload = Json.object();
    ArrayNode parts = upload.putArray("Parts");
    for (XmlBody part : XmlBody.parse(content, "CompleteMultipartUpload").children("Part")) {
      parts
          .addObject()
          .put("PartNumber", part.text("PartNumber").orElseThrow(S3Errors::malformedXml))
          .put("ETag", part.text("ETag").orElseThrow(S3Errors::malformedXml));
    }
    return upload;
  }

  private static void requireOnly(XmlBody body, String operation, List<String> known) {
    for (String name : body.names()) {
      if (!known.contains(name)) {
        throw S3Errors.notImplemented("the element '" + name + "' of " + operation);
      }
    }
  }
}
