// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.RestXmlErrors;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upload from a form: a POST to a bucket whose body is {@code multipart/form-data}. Its fields
 * are the headers of a PutObject, its file is the content. Fields after the file are ignored.
 * Source: the S3 API reference, "POST Object".
 *
 * @param bucket that the form is sent to
 * @param keyPath the path of the object, percent-encoded
 * @param host that the form is sent to, with its port
 * @param fields by name in lower case, in order
 * @param file the content
 */
record PostForm(
    String bucket, String keyPath, String host, Map<String, String> fields, byte[] file) {
  private static final int MAX_FIELD_BYTES = 20_480;
  private static final Pattern TYPE =
      Pattern.compile("multipart/form-data\\s*;.*?boundary=\"?([^\";,]{1,200})\"?.*");
  private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"");

  /** Fields that are headers of the object under the same name. */
  private static final Set<String> CONTENT =
      Set.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-type",
          "expires");

  /** Fields that begin with {@code x-amz-} and only sign the form. */
  private static final Set<String> SIGNING =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-signature");

  /** Whether the request is such a form. */
  static boolean isUsedBy(WireRequest request) {
    return request.method().equals("POST")
        && request.query().isEmpty()
        && TYPE.matcher(request.header("content-type").orElse("")).matches()
        && S3Address.of(request).kind() == Address.BUCKET;
  }

  /** Whether it is one with a key and a policy, as only S3's forms have. */
  static boolean isSigned(WireRequest request) {
    if (!request.method().equals("POST") || !isUsedBy(request)) {
      return false;
    }
    int end = Math.min(request.body().length, MAX_FIELD_BYTES);
    String start = new String(request.body(), 0, end, StandardCharsets.ISO_8859_1);
    return start.contains("name=\"key\"") && start.toLowerCase(Locale.ROOT).contains("\"policy\"");
  }

  /** The PutObject that the form stands for; any other request unchanged. */
  static WireRequest asPut(WireRequest request) {
    if (!isUsedBy(request)) {
      return request;
    }
    PostForm form = of(request);
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry(RestXmlBinding.FORM_HEADER, "true"));
    for (Map.Entry<String, String> header : request.headers()) {
      if (header.getKey().equalsIgnoreCase("host")) {
        headers.add(header);
      }
    }
    form.fields.forEach(
        (name, value) -> {
          if (CONTENT.contains(name) || (name.startsWith("x-amz-") && !SIGNING.contains(name))) {
            headers.add(Map.entry(name, value));
          } else if (name.equals("acl")) {
            headers.add(Map.entry("x-amz-acl", value));
          } else if (name.equals("tagging")) {
            headers.add(Map.entry("x-amz-tagging", tagging(value)));
          }
        });
    return new WireRequest("PUT", form.keyPath, List.of(), headers, form.file);
  }

  /** Tags are XML in a form, and a query in a header. */
  private static String tagging(String xml) {
    var pairs = new ArrayList<String>();
    for (XmlBody set :
        XmlBody.parse(xml.getBytes(StandardCharsets.UTF_8), "Tagging").children("TagSet")) {
      for (XmlBody tag : set.children("Tag")) {
        pairs.add(encode(tag.text("Key").orElse("")) + "=" + encode(tag.text("Value").orElse("")));
      }
    }
    return String.join("&", pairs);
  }

  /**
   * Reads the form.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedPOSTRequest}, {@code
   *     InvalidArgument} for a form without key or file
   */
  static PostForm of(WireRequest request) {
    Matcher type = TYPE.matcher(request.header("content-type").orElse(""));
    if (!type.matches()) {
      throw RestXmlErrors.malformedForm();
    }
    var fields = new LinkedHashMap<String, String>();
    byte[] file = new Parts(request.body(), "--" + type.group(1).strip()).read(fields);
    String key = fields.get("key");
    if (key == null || key.isEmpty()) {
      throw RestXmlErrors.missingFormField("key");
    }
    String path = request.rawPath();
    return new PostForm(
        S3Address.of(request).bucket(),
        (path.endsWith("/") ? path : path + "/") + encode(key).replace("%2F", "/"),
        request.header("host").orElse(""),
        fields,
        file);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The answer of the form, from that of its PutObject. */
  WireResponse answer(WireResponse put) {
    String location = "http://" + host + keyPath;
    String etag = "";
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : put.headers()) {
      etag = header.getKey().equals("ETag") ? header.getValue() : etag;
      headers.add(header);
    }
    String redirect = field("success_action_redirect");
    redirect = redirect.isEmpty() ? field("redirect") : redirect;
    if (isUrl(redirect)) {
      headers.add(
          Map.entry(
              "Location",
              redirect
                  + (redirect.contains("?") ? "&" : "?")
                  + "bucket="
                  + encode(bucket)
                  + "&key="
                  + encode(field("key"))
                  + "&etag="
                  + encode(etag)));
      return new WireResponse(303, List.copyOf(headers), new byte[0]);
    }
    headers.add(Map.entry("Location", location));
    if (!field("success_action_status").equals("201")) {
      int status = field("success_action_status").equals("200") ? 200 : 204;
      return new WireResponse(status, List.copyOf(headers), new byte[0]);
    }
    headers.add(Map.entry("Content-Type", "application/xml"));
    Xml xml =
        new Xml(true)
            .open("PostResponse")
            .element("Location", location)
            .element("Bucket", bucket)
            .element("Key", field("key"))
            .element("ETag", etag)
            .close("PostResponse");
    return new WireResponse(201, List.copyOf(headers), xml.bytes());
  }

  private static boolean isUrl(String text) {
    try {
      return text.matches("(?i)https?://[^\\s]+") && URI.create(text).getHost() != null;
    } catch (IllegalArgumentException notAUrl) {
      return false;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The parts of a body, up to the file. */
  private static final class Parts {
    private final byte[] body;
    private final byte[] delimiter;
    private int at;

    Parts(byte[] body, String delimiter) {
      this.body = body;
      this.delimiter = ("\r\n" + delimiter).getBytes(StandardCharsets.UTF_8);
      // The first one may begin the body.
      byte[] first = delimiter.getBytes(StandardCharsets.UTF_8);
      int start = indexOf(first, 0, Math.min(body.length, MAX_FIELD_BYTES));
      if (start < 0) {
        throw RestXmlErrors.malformedForm();
      }
      this.at = start + first.length;
    }

    /** Fills in the fields and gives back the file. */
    byte[] read(Map<String, String> fields) {
      int begin = at;
      while (true) {
        if (startsWith("--")) {
          throw RestXmlErrors.invalidArgument(
              "file", "0", "POST requires exactly one file upload per request.");
        }
        if (at - begin > MAX_FIELD_BYTES) {
          throw RestXmlErrors.formTooLong(MAX_FIELD_BYTES);
        }
        int headersEnd = indexOf("\r\n\r\n".getBytes(StandardCharsets.UTF_8), at, body.length);
        if (headersEnd < 0 || headersEnd - at > MAX_FIELD_BYTES) {
          throw RestXmlErrors.malformedForm();
        }
        String headers = new String(body, at, headersEnd - at, StandardCharsets.UTF_8);
        int contentAt = headersEnd + 4;
        int end = indexOf(delimiter, headersEnd + 2, body.length);
        if (end < 0) {
          throw RestXmlErrors.malformedForm();
        }
        end = Math.max(end, contentAt);
        at = end + delimiter.length;
        Matcher name = NAME.matcher(headers);
        if (!name.find()) {
          throw RestXmlErrors.malformedForm();
        }
        if (name.group(1).equals("file")) {
          substitute(fields, headers);
          return Arrays.copyOfRange(body, contentAt, end);
        }
        if (end - begin > MAX_FIELD_BYTES) {
          throw RestXmlErrors.formTooLong(MAX_FIELD_BYTES);
        }
        fields.put(
            name.group(1).toLowerCase(Locale.ROOT),
            new String(body, contentAt, end - contentAt, StandardCharsets.UTF_8));
      }
    }

    /** Puts the file's name, without a folder, where the fields ask for it. */
    private static void substitute(Map<String, String> fields, String headers) {
      Matcher matcher = FILE_NAME.matcher(headers);
      String fileName = matcher.find() ? matcher.group(1) : "";
      String last =
          fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
      fields.replaceAll((name, value) -> value.replace("${filename}", last));
    }

    private boolean startsWith(String text) {
      return at + text.length() <= body.length
          && new String(body, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private int indexOf(byte[] wanted, int from, int to) {
      for (int start = from; start + wanted.length <= to; start++) {
        if (body[start] == wanted[0]
            && Arrays.equals(body, start, start + wanted.length, wanted, 0, wanted.length)) {
          return start;
        }
      }
      return -1;
    }
  }
}
