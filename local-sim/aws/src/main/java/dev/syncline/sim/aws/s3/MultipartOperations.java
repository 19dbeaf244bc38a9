// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.protocol.Xml;
import dev.syncline.sim.aws.s3.S3Store.S3Object;
import dev.syncline.sim.aws.service.AwsException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.w3c.dom.Element;

/** Uploads in parts. */
final class MultipartOperations {
  private final S3Store store;

  MultipartOperations(S3Store store) {
    this.store = store;
  }

  HttpResponse begin(S3Request request) {
    String id = store.begin(request.bucket(), request.key(), request.kept());
    var xml = new Xml().open("InitiateMultipartUploadResult", S3Endpoint.NAMESPACE);
    xml.element("Bucket", request.bucket())
        .element("Key", request.key())
        .element("UploadId", id)
        .close("InitiateMultipartUploadResult");
    return S3Endpoint.xml(200, xml);
  }

  HttpResponse part(S3Request request) {
    byte[] content = request.body().content();
    Map<String, String> checksums = Checksums.verified(content, request::headerOrTrailer);
    String etag =
        store.part(
            request.bucket(),
            request.key(),
            request.parameter("uploadId"),
            request.number("partNumber", 0),
            content);
    Headers headers = Headers.of("ETag", etag);
    for (Map.Entry<String, String> checksum : checksums.entrySet()) {
      headers = headers.with(checksum.getKey(), checksum.getValue());
    }
    return new HttpResponse(200, headers, new byte[0]);
  }

  HttpResponse complete(S3Request request) {
    var parts = new LinkedHashMap<Integer, String>();
    int before = 0;
    for (Element part : S3Xml.children(S3Xml.root(request.body().content()), "Part")) {
      int number;
      try {
        number = Integer.parseInt(S3Xml.text(part, "PartNumber"));
      } catch (NumberFormatException notANumber) {
        throw AwsException.badRequest("MalformedXML", "PartNumber must be an integer.");
      }
      if (number <= before) {
        throw AwsException.badRequest(
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.");
      }
      before = number;
      parts.put(number, S3Xml.text(part, "ETag"));
    }
    if (parts.isEmpty()) {
      throw AwsException.badRequest("MalformedXML", "An upload needs at least one part.");
    }
    S3Object object =
        store.complete(request.bucket(), request.key(), request.parameter("uploadId"), parts);
    var xml = new Xml().open("CompleteMultipartUploadResult", S3Endpoint.NAMESPACE);
    xml.element("Location", "/" + request.bucket() + "/" + request.key())
        .element("Bucket", request.bucket())
        .element("Key", request.key())
        .element("ETag", object.etag())
        .close("CompleteMultipartUploadResult");
    return S3Endpoint.xml(200, xml);
  }

  HttpResponse abort(S3Request request) {
    store.abort(request.bucket(), request.key(), request.parameter("uploadId"));
    return new HttpResponse(204, Headers.EMPTY, new byte[0]);
  }
}
