// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;

/** Versions: publish and list. */
record FunctionVersionOperations(
    FunctionStore store, VersionPublisher publisher, ConfigWriter writer) {
  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PublishVersion",
            HttpBinding.post(FunctionOperations.ONE + "/versions", 201),
            this::publish,
            "CodeSha256",
            "Description",
            "RevisionId"),
        Operation.rest(
            "ListVersionsByFunction",
            HttpBinding.get(FunctionOperations.ONE + "/versions"),
            this::listVersions,
            "Marker",
            "MaxItems"));
  }

  private Output publish(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          FunctionStore.requireRevision(input, function.latest);
          String expected = input.text("CodeSha256").orElse("");
          if (!expected.isEmpty() && !expected.equals(function.latest.code().sha256())) {
            throw LambdaErrors.invalid(
                "CodeSHA256 ("
                    + expected
                    + ") is different from current CodeSHA256 in $LATEST ("
                    + function.latest.code().sha256()
                    + "). Please try again with the CodeSHA256 in $LATEST.");
          }
          return writer.write(
              function, publisher.publish(function, input.text("Description").orElse(null)), true);
        });
  }

  private Output listVersions(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    List<ObjectNode> items =
        store.with(
            ref,
            function -> {
              var all = new ArrayList<ObjectNode>();
              all.add(writer.write(function, function.latest, true));
              function.versions.values().forEach(v -> all.add(writer.write(function, v, true)));
              return all;
            });
    return LambdaPages.of(items, "Versions", input);
  }
}
