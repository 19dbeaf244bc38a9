// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests on multipart uploads. Thread-safe. */
final class UploadRequests {
  private final Ids ids;
  private final ObjectOperations operations;
  private final MultipartStore uploads;

  UploadRequests(Ids ids, ObjectOperations operations, MultipartStore uploads) {
    this.ids = ids;
    this.operations = operations;
    this.uploads = uploads;
  }

  HttpResponse begin(S3Call call) {
    call.only("uploads");
    operations.store().requireBucket(call.bucket());
    ObjectOperations.requireKey(call.key());
    String uploadId = ids.lowerAlphanumeric(64);
    uploads.begin(uploadId, call.bucket(), call.key(), call.keptHeaders());
    HttpResponse answer =
        Answers.xml(
            address(Xml.document("InitiateMultipartUploadResult"), call)
                .element("UploadId", uploadId)
                .end("InitiateMultipartUploadResult"));
    String algorithm = call.header("x-amz-checksum-algorithm");
    if (algorithm.isEmpty()) {
      return answer;
    }
    return new HttpResponse(
        answer.status(),
        answer.headers().with("x-amz-checksum-algorithm", algorithm),
        answer.body());
  }

  HttpResponse put(S3Call call) {
    call.only("uploadId", "partNumber");
    MultipartStore.Upload upload = upload(call);
    if (!call.header("x-amz-copy-source").isEmpty()) {
      throw S3Errors.notImplemented("UploadPartCopy");
    }
    int number = MultipartStore.partNumber(call.parameter("partNumber"));
    Map<String, String> checksums = Checksums.check(call.headers(), call.content());
    String etag = Checksums.hex(Checksums.md5(call.content()));
    upload.put(new MultipartStore.Part(number, call.content(), etag, operations.now()));
    Headers headers = Headers.of("ETag", '"' + etag + '"');
    for (Map.Entry<String, String> checksum : checksums.entrySet()) {
      headers = headers.with(checksum.getKey(), checksum.getValue());
    }
    return new HttpResponse(200, headers, new byte[0]);
  }

  HttpResponse complete(S3Call call) {
    call.only("uploadId");
    MultipartStore.Upload upload = upload(call);
    var named = new ArrayList<MultipartStore.NamedPart>();
    for (XmlBody part : XmlBody.parse(call.content(), "CompleteMultipartUpload").children("Part")) {
      String number = part.text("PartNumber").orElseThrow(S3Errors::malformedXml);
      String etag = part.text("ETag").orElseThrow(S3Errors::malformedXml);
      named.add(
          new MultipartStore.NamedPart(MultipartStore.partNumber(number), etag.replace("\"", "")));
    }
    S3Object object = upload.complete(named, operations.now());
    operations.store().put(call.bucket(), object, WriteCondition.ofWrite(call.headers()));
    uploads.end(call.parameter("uploadId"));
    return Answers.xml(
        address(
                Xml.document("CompleteMultipartUploadResult")
                    .element("Location", "/" + call.bucket() + "/" + call.key()),
                call)
            .element("ETag", object.quotedEtag())
            .end("CompleteMultipartUploadResult"));
  }

  HttpResponse abort(S3Call call) {
    call.only("uploadId");
    upload(call);
    uploads.end(call.parameter("uploadId"));
    return Answers.empty(204);
  }

  /** ListParts. */
  HttpResponse parts(S3Call call) {
    call.only("uploadId", "max-parts", "part-number-marker");
    MultipartStore.Upload upload = upload(call);
    int most = number(call, "max-parts", ObjectOperations.MOST_KEYS);
    int after = number(call, "part-number-marker", 0);
    List<MultipartStore.Part> rest =
        upload.parts().stream().filter(part -> part.number() > after).toList();
    List<MultipartStore.Part> page = rest.subList(0, Math.min(most, rest.size()));
    Xml xml = address(Xml.document("ListPartsResult"), call);
    xml.element("UploadId", call.parameter("uploadId"))
        .open("Initiator")
        .element("ID", BucketRequests.OWNER)
        .close("Initiator")
        .open("Owner")
        .element("ID", BucketRequests.OWNER)
        .close("Owner")
        .element("StorageClass", "STANDARD")
        .element("PartNumberMarker", after)
        .element("NextPartNumberMarker", page.isEmpty() ? 0 : page.get(page.size() - 1).number())
        .element("MaxParts", most)
        .element("IsTruncated", page.size() < rest.size());
    for (MultipartStore.Part part : page) {
      xml.open("Part")
          .element("PartNumber", part.number())
          .element("LastModified", Answers.time(part.lastModified()))
          .element("ETag", '"' + part.etag() + '"')
          .element("Size", part.content().length)
          .close("Part");
    }
    return Answers.xml(xml.end("ListPartsResult"));
  }

  private MultipartStore.Upload upload(S3Call call) {
    operations.store().requireBucket(call.bucket());
    return uploads.get(call.parameter("uploadId"), call.bucket(), call.key());
  }

  private static Xml address(Xml xml, S3Call call) {
    return xml.element("Bucket", call.bucket()).element("Key", call.key());
  }

  private static int number(S3Call call, String parameter, int fallback) {
    String value = call.parameter(parameter);
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,5}")) {
      throw S3Errors.invalidArgument(
          parameter, value, "Provided " + parameter + " not an integer or within integer range");
    }
    return Math.min(Integer.parseInt(value), fallback == 0 ? Integer.MAX_VALUE : fallback);
  }
}
