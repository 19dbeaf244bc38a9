// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Input;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deployment packages as operations name them: in the request, or an object in S3. */
record CodeSource(CodeStore codes, Dispatcher dispatcher) {
  /**
   * The package, held for the caller, who {@linkplain CodeStore#release releases} it.
   *
   * @throws AwsException when none is named or it cannot be read
   */
  CodePackage required(Input input, CallContext context) {
    CodePackage code = read(input, context, codes::add);
    if (code == null) {
      throw LambdaErrors.invalid("Please provide a source for function code.");
    }
    return code;
  }

  /** The content of a layer, as {@link #required}. */
  CodePackage layer(Input input, CallContext context) {
    CodePackage content = read(input, context, codes::addLayer);
    if (content == null) {
      throw LambdaErrors.invalid("Please provide a source for layer content.");
    }
    return content;
  }

  private @Nullable CodePackage read(
      Input input, CallContext context, Function<byte[], CodePackage> keep) {
    if (input.has("ZipFile")) {
      byte[] zip;
      try {
        zip = Base64.getDecoder().decode(input.requiredText("ZipFile"));
      } catch (IllegalArgumentException notBase64) {
        throw LambdaErrors.invalid("ZipFile is not base64: " + notBase64.getMessage());
      }
      return keep.apply(zip);
    }
    if (!input.has("S3Bucket")) {
      return null;
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("Bucket", input.requiredText("S3Bucket"));
    request.put("Key", input.requiredText("S3Key"));
    input.text("S3ObjectVersion").ifPresent(version -> request.put("VersionId", version));
    try {
      byte[] object = dispatcher.call("s3", "GetObject", request, context).raw();
      if (object == null) {
        throw new IllegalStateException("s3:GetObject answered without a body");
      }
      return keep.apply(object);
    } catch (AwsException refused) {
      if (refused.code().equals("UnknownOperationException")) {
        throw refused;
      }
      if (refused.code().equals("AccessDenied")) {
        throw LambdaErrors.codeDenied(
            input.requiredText("S3Bucket"), input.requiredText("S3Key"), refused.text());
      }
      throw LambdaErrors.invalid(
          "Error occurred while GetObject. S3 Error Code: "
              + refused.code()
              + ". S3 Error Message: "
              + refused.text());
    }
  }
}
