// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a template's text: in the request, or in the simulator's S3. */
record TemplateSource(ServiceCalls calls) {
  private static final int MAX_BODY_BYTES = 51_200;
  private static final int MAX_OBJECT_BYTES = 1_048_576;
  private static final Pattern PATH_STYLE_HOST =
      Pattern.compile("s3([.-][a-z0-9-]+)?\\.amazonaws\\.com");
  private static final Pattern BUCKET_HOST =
      Pattern.compile("(.+?)\\.s3([.-][a-z0-9-]+)?\\.amazonaws\\.com");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  TemplateSource as(CallPrincipal caller) {
    return new TemplateSource(calls.as(caller));
  }

  /**
   * The template's text, empty when the request names none.
   *
   * @throws AwsException when it is too large, or its URL names no object
   */
  Optional<String> read(Input input) {
    Optional<String> body = input.text("TemplateBody").filter(text -> !text.isEmpty());
    Optional<String> url = input.text("TemplateURL").filter(text -> !text.isEmpty());
    if (body.isPresent() && url.isPresent()) {
      throw StackErrors.validation("Only one of TemplateBody or TemplateURL may be specified.");
    }
    if (body.isPresent()) {
      if (body.get().getBytes(StandardCharsets.UTF_8).length > MAX_BODY_BYTES) {
        throw StackErrors.validation(
            "1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
                + " Member must have length less than or equal to "
                + MAX_BODY_BYTES);
      }
      return body;
    }
    return url.map(this::download);
  }

  private String download(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      throw notSupported();
    }
    String host = uri.getHost();
    String path = uri.getPath();
    if (host == null || path == null || path.length() < 2) {
      throw notSupported();
    }
    String objectPath = path.substring(1);
    if (PATH_STYLE_HOST.matcher(host).matches() || LOOPBACK.contains(host)) {
      int slash = objectPath.indexOf('/');
      if (slash < 1 || slash == objectPath.length() - 1) {
        throw notSupported();
      }
      return object(objectPath.substring(0, slash), objectPath.substring(slash + 1));
    }
    Matcher bucket = BUCKET_HOST.matcher(host);
    if (bucket.matches()) {
      return object(bucket.group(1), objectPath);
    }
    throw notSupported();
  }

  private String object(String bucket, String key) {
    byte[] bytes;
    try {
      bytes = calls.object(bucket, key);
    } catch (AwsException refused) {
      throw StackErrors.validation(
          "S3 error: " + refused.text() + " (s3://" + bucket + "/" + key + ")");
    }
    if (bytes.length > MAX_OBJECT_BYTES) {
      throw StackErrors.validation(
          "Template may not exceed " + MAX_OBJECT_BYTES + " bytes in size.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static AwsException notSupported() {
    return StackErrors.validation("TemplateURL must be a supported URL.");
  }
}
