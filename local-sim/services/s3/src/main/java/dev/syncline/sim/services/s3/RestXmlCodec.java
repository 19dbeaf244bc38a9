// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * S3's requests as operations with JSON input, and their outputs as XML documents and headers.
 * Stateless and thread-safe.
 */
final class RestXmlCodec {
  /** The root element of an output that is a document. */
  private static final Map<String, String> ROOTS =
      Map.of(
          "ListBuckets", "ListAllMyBucketsResult",
          "GetBucketLocation", "LocationConstraint",
          "ListObjects", "ListBucketResult",
          "ListObjectsV2", "ListBucketResult",
          "DeleteObjects", "DeleteResult",
          "CopyObject", "CopyObjectResult",
          "CreateMultipartUpload", "InitiateMultipartUploadResult",
          "CompleteMultipartUpload", "CompleteMultipartUploadResult",
          "ListParts", "ListPartsResult");

  /** The member that is the document, where not the whole output is. */
  private static final Map<String, String> PAYLOADS =
      Map.of("GetBucketLocation", "LocationConstraint", "CopyObject", "CopyObjectResult");

  /** The elements of flattened lists that have another name. */
  private static final Map<String, String> ITEMS = Map.of("Errors", "Error", "Parts", "Part");

  /** Lists with an element of their own around the items. */
  private static final Map<String, String> WRAPPED = Map.of("Buckets", "Bucket");

  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("ETag", "ETag"),
          Map.entry("Location", "Location"),
          Map.entry("BucketRegion", "x-amz-bucket-region"),
          Map.entry("AccessPointAlias", "x-amz-access-point-alias"),
          Map.entry("ServerSideEncryption", "x-amz-server-side-encryption"),
          Map.entry("ChecksumAlgorithm", "x-amz-checksum-algorithm"),
          Map.entry("ChecksumType", "x-amz-checksum-type"),
          Map.entry("ChecksumCRC32", "x-amz-checksum-crc32"),
          Map.entry("ChecksumCRC32C", "x-amz-checksum-crc32c"),
          Map.entry("ChecksumCRC64NVME", "x-amz-checksum-crc64nvme"),
          Map.entry("ChecksumSHA1", "x-amz-checksum-sha1"),
          Map.entry("ChecksumSHA256", "x-amz-checksum-sha256"));

  private static final Set<String> EMPTY =
      Set.of("DeleteBucket", "DeleteObject", "AbortMultipartUpload");

  private RestXmlCodec() {}

  /** The name of the operation that a request asks for. */
  static S3Binding operation(S3Call call) {
    boolean parted =
        call.query().containsKey("uploadId")
            || (!call.key().isEmpty() && call.query().containsKey("uploads"));
    String name =
        call.bucket().isEmpty()
            ? (call.method().equals("GET") ? "ListBuckets" : "")
            : call.key().isEmpty() ? onBucket(call) : parted ? onUpload(call) : onObject(call);
    if (name.isEmpty()) {
      throw new AwsException(
          "MethodNotAllowed",
          405,
          "The specified method is not allowed against this resource.",
          Map.of("Method", call.method()));
    }
    return S3Binding.of(name);
  }

  private static String onBucket(S3Call call) {
    return switch (call.method()) {
      case "PUT" -> "CreateBucket";
      case "HEAD" -> "HeadBucket";
      case "DELETE" -> "DeleteBucket";
      case "GET" ->
          call.query().containsKey("location")
              ? "GetBucketLocation"
              : call.query().containsKey("list-type") ? "ListObjectsV2" : "ListObjects";
      case "POST" -> {
        if (!call.query().containsKey("delete")) {
          throw S3Errors.notImplemented(
              "POST on a bucket with "
                  + (call.query().isEmpty() ? "a form" : call.query().keySet()));
        }
        yield "DeleteObjects";
      }
      default -> "";
    };
  }

  private static String onObject(S3Call call) {
    return switch (call.method()) {
      case "GET" -> "GetObject";
      case "HEAD" -> "HeadObject";
      case "PUT" -> call.header("x-amz-copy-source").isEmpty() ? "PutObject" : "CopyObject";
      case "DELETE" -> "DeleteObject";
      default -> "";
    };
  }

  private static String onUpload(S3Call call) {
    return switch (call.method()) {
      case "POST" ->
          call.query().containsKey("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
      case "PUT" -> "UploadPart";
      case "DELETE" -> "AbortMultipartUpload";
      case "GET" -> "ListParts";
      default -> "";
    };
  }

  /**
   * The input of the operation, without its body.
   *
   * @throws AwsException {@code NotImplemented} for a parameter that the operation does not take,
   *     {@code MalformedXML}
   */
  static ObjectNode input(S3Binding operation, S3Call call) {
    call.only(operation.parameters());
    if (operation.marker().equals("list-type") && !call.parameter("list-type").equals("2")) {
      throw S3Errors.invalidArgument("list-type", call.parameter("list-type"), "Invalid List Type");
    }
    if (operation.headers().contains("content-md5")) {
      // It signs the content and is no member of the operation.
      Checksums.check(
          Headers.of("x-amz-content-sha256", call.header("x-amz-content-sha256")), call.content());
    }
    ObjectNode input = Json.object();
    if (!call.bucket().isEmpty()) {
      input.put("Bucket", call.bucket());
    }
    if (operation.onKey()) {
      input.put("Key", call.key());
    }
    for (String parameter : operation.query()) {
      String value = call.query().get(parameter);
      if (value != null) {
        input.put(S3Binding.member(parameter), value);
      }
    }
    ObjectNode metadata = Json.object();
    for (Map.Entry<String, String> header : call.headers().entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (operation.headers().contains(name)) {
        input.put(S3Binding.member(name), header.getValue());
      } else if (operation.hasMetadata() && name.startsWith(S3Call.METADATA)) {
        metadata.put(name.substring(S3Call.METADATA.length()), header.getValue());
      }
    }
    if (!metadata.isEmpty()) {
      input.set(S3Binding.METADATA, metadata);
    }
    if (!operation.payload().isEmpty() && call.content().length > 0) {
      input.set(operation.payload(), S3Documents.read(operation, call.content()));
    } else if (!operation.payload().isEmpty() && !operation.name().equals("CreateBucket")) {
      throw S3Errors.malformedXml();
    }
    return input;
  }

  /** The answer on the wire. */
  static HttpResponse response(S3Binding operation, Output output) {
    byte[] raw = output.raw();
    if (raw != null) {
      return new HttpResponse(output.status(), Answers.headers(output.headers()), raw);
    }
    if (EMPTY.contains(operation.name())) {
      return new HttpResponse(204, Headers.EMPTY, new byte[0]);
    }
    String root = ROOTS.get(operation.name());
    Headers headers = Headers.EMPTY;
    var document = Json.object();
    for (Map.Entry<String, JsonNode> member : output.json().properties()) {
      String header = HEADERS.get(member.getKey());
      if (header != null && (root == null || member.getKey().equals("ChecksumAlgorithm"))) {
        headers = headers.with(header, member.getValue().asText());
      } else {
        document.set(member.getKey(), member.getValue());
      }
    }
    if (root == null) {
      return operation.name().equals("HeadBucket")
          ? new HttpResponse(200, headers.with("Content-Type", "application/xml"), new byte[0])
          : new HttpResponse(200, headers, new byte[0]);
    }
    Xml xml = Xml.document(root);
    String payload = PAYLOADS.get(operation.name());
    JsonNode content = payload == null ? document : document.path(payload);
    if (content instanceof ObjectNode object) {
      write(xml, object);
    } else {
      xml.text(content.asText(""));
    }
    return new HttpResponse(200, headers.with("Content-Type", "application/xml"), xml.end(root));
  }

  private static void write(Xml xml, ObjectNode structure) {
    for (Map.Entry<String, JsonNode> member : structure.properties()) {
      String name = member.getKey();
      switch (member.getValue()) {
        case ArrayNode list when WRAPPED.containsKey(name) -> {
          xml.open(name);
          list.forEach(item -> element(xml, WRAPPED.getOrDefault(name, name), item));
          xml.close(name);
        }
        case ArrayNode list ->
            list.forEach(item -> element(xml, ITEMS.getOrDefault(name, name), item));
        case JsonNode single -> element(xml, name, single);
      }
    }
  }

  private static void element(Xml xml, String name, JsonNode value) {
    if (value instanceof ObjectNode structure) {
      xml.open(name);
      write(xml, structure);
      xml.close(name);
    } else {
      xml.element(name, value.asText());
    }
  }
}
