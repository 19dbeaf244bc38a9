// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.service.AwsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Requests on objects, apart from multipart uploads. Thread-safe. */
final class ObjectRequests {
  private static final String COPY_CONDITION = "x-amz-copy-source-if-";
  private static final String RESPONSE = "response-";

  private final ObjectOperations operations;

  ObjectRequests(ObjectOperations operations) {
    this.operations = operations;
  }

  /** GetObject and HeadObject; the port leaves the body of the latter out. */
  HttpResponse get(S3Call call) {
    call.only(
        "versionId",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires");
    ObjectAnswer answer =
        operations.get(call.bucket(), call.key(), call.parameter("versionId"), call.headers());
    var headers = new LinkedHashMap<>(answer.headers());
    call.query()
        .forEach(
            (name, value) -> {
              if (name.startsWith(RESPONSE)) {
                headers.put(name.substring(RESPONSE.length()), value);
              }
            });
    boolean head = call.method().equals("HEAD");
    return Answers.of(
        new ObjectAnswer(answer.status(), headers, head ? new byte[0] : answer.body()));
  }

  HttpResponse put(S3Call call) {
    call.only();
    S3Object object =
        operations.put(
            call.bucket(), call.key(), call.content(), call.headers(), call.keptHeaders());
    Headers headers =
        Headers.of("ETag", object.quotedEtag(), "x-amz-server-side-encryption", "AES256");
    for (Map.Entry<String, String> checksum : object.checksums().entrySet()) {
      headers = headers.with(checksum.getKey(), checksum.getValue());
    }
    if (!object.checksums().isEmpty()) {
      headers = headers.with("x-amz-checksum-type", "FULL_OBJECT");
    }
    return new HttpResponse(200, headers, new byte[0]);
  }

  HttpResponse copy(S3Call call) {
    call.only();
    String text = call.header("x-amz-copy-source");
    String versionId = "";
    int version = text.indexOf("?versionId=");
    if (version >= 0) {
      versionId = text.substring(version + "?versionId=".length());
      text = text.substring(0, version);
    }
    String source = S3Address.decode(text);
    source = source.startsWith("/") ? source.substring(1) : source;
    int slash = source.indexOf('/');
    if (slash < 1 || source.startsWith("arn:")) {
      throw S3Errors.invalidArgument(
          "x-amz-copy-source",
          text,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    String bucket = source.substring(0, slash);
    String key = source.substring(slash + 1);
    S3Object from = operations.object(bucket, key, versionId);
    requireCopyConditions(from, copyConditions(call.headers()));
    boolean replace = replaces(call.header("x-amz-metadata-directive"));
    if (!replace && bucket.equals(call.bucket()) && key.equals(call.key())) {
      throw AwsException.badRequest(
          "InvalidRequest",
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    S3Object copy =
        operations.copy(
            from,
            call.bucket(),
            call.key(),
            replace ? call.keptHeaders() : null,
            WriteCondition.ofWrite(call.headers()));
    return Answers.xml(
        Xml.document("CopyObjectResult")
            .element("ETag", copy.quotedEtag())
            .element("LastModified", Answers.time(copy.lastModified()))
            .end("CopyObjectResult"));
  }

  private static void requireCopyConditions(S3Object source, Headers conditions) {
    ObjectAnswer.failedCondition(source, conditions)
        .ifPresent(
            name -> {
              throw S3Errors.preconditionFailed("x-amz-copy-source-" + name);
            });
  }

  private static boolean replaces(String directive) {
    return switch (directive) {
      case "", "COPY" -> false;
      case "REPLACE" -> true;
      default ->
          throw S3Errors.invalidArgument(
              "x-amz-metadata-directive", directive, "Unknown metadata directive.");
    };
  }

  private static Headers copyConditions(Headers headers) {
    Headers conditions = Headers.EMPTY;
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(COPY_CONDITION)) {
        conditions =
            conditions.with("if-" + name.substring(COPY_CONDITION.length()), header.getValue());
      }
    }
    return conditions;
  }

  HttpResponse delete(S3Call call) {
    call.only("versionId");
    operations.delete(
        call.bucket(),
        call.key(),
        call.parameter("versionId"),
        WriteCondition.ofDelete(call.headers()));
    return Answers.empty(204);
  }

  /** DeleteObjects. */
  HttpResponse deleteSeveral(S3Call call) {
    call.only("delete");
    operations.store().requireBucket(call.bucket());
    Checksums.check(call.headers(), call.content());
    XmlBody body = XmlBody.parse(call.content(), "Delete");
    List<XmlBody> objects = body.children("Object");
    if (objects.isEmpty() || objects.size() > ObjectOperations.MOST_KEYS) {
      throw S3Errors.malformedXml();
    }
    boolean quiet = body.text("Quiet").orElse("").equals("true");
    Xml xml = Xml.document("DeleteResult");
    for (XmlBody object : objects) {
      String key = object.text("Key").orElseThrow(S3Errors::malformedXml);
      try {
        for (String name : object.names()) {
          if (!Set.of("Key", "VersionId", "ETag").contains(name)) {
            throw S3Errors.notImplemented("the element '" + name + "' of DeleteObjects");
          }
        }
        operations.delete(
            call.bucket(),
            key,
            object.text("VersionId").orElse(""),
            WriteCondition.ofDelete(object.text("ETag").orElse("")));
        if (!quiet) {
          xml.open("Deleted").element("Key", key).close("Deleted");
        }
      } catch (AwsException refused) {
        xml.open("Error")
            .element("Key", key)
            .element("Code", refused.code())
            .element("Message", refused.text())
            .close("Error");
      }
    }
    return Answers.xml(xml.end("DeleteResult"));
  }
}
