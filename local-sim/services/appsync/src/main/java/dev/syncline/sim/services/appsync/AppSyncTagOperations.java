// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags of APIs and channel namespaces. Thread-safe. */
record AppSyncTagOperations(ApiStore store) {
  private static final String URI = "/v1/tags/{resourceArn}";
  private static final Pattern RESOURCE =
      Pattern.compile("(?<api>.+:apis/(?<id>[^/]+))(/channelNamespace/(?<namespace>[^/]+))?");

  List<Operation> operations() {
    return List.of(
        Operation.rest("TagResource: tags", HttpBinding.post(URI), this::tag),
        Operation.rest("UntagResource: tagKeys", HttpBinding.delete(URI), this::untag),
        Operation.rest("ListTagsForResource", HttpBinding.get(URI), this::listTags));
  }

  private Output tag(Input input, CallContext context) {
    Map<String, String> more = AppSyncTags.read(input);
    if (more.isEmpty()) {
      throw AppSyncErrors.badRequest("'tags' is required.");
    }
    change(
        input,
        tags -> {
          var merged = new LinkedHashMap<>(tags);
          merged.putAll(more);
          return AppSyncTags.checked(merged);
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    List<String> keys = input.texts("tagKeys");
    if (keys.isEmpty() || keys.size() > AppSyncTags.MAX_TAGS) {
      throw AppSyncErrors.badRequest("'tagKeys' must have 1 to " + AppSyncTags.MAX_TAGS + " keys.");
    }
    keys.forEach(AppSyncTags::checkedKey);
    change(
        input,
        tags -> {
          var fewer = new LinkedHashMap<>(tags);
          fewer.keySet().removeAll(keys);
          return AppSyncTags.checked(fewer);
        });
    return Output.empty();
  }

  private Output listTags(Input input, CallContext context) {
    Resource resource = resource(input);
    ApiRecord api = store.get(resource.apiId()).stored();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("tags", AppSyncTags.json(resource.tags(api)));
    return Output.of(answer);
  }

  private void change(Input input, UnaryOperator<Map<String, String>> change) {
    Resource resource = resource(input);
    store.update(
        resource.apiId(),
        api -> {
          Map<String, String> tags = change.apply(resource.tags(api));
          NamespaceRecord namespace = api.namespaces().get(resource.namespace());
          if (namespace == null) {
            return api.withTags(tags);
          }
          var namespaces = new TreeMap<>(api.namespaces());
          namespaces.put(namespace.name(), namespace.withTags(tags));
          return api.withNamespaces(namespaces);
        });
  }

  private Resource resource(Input input) {
    String arn = AppSyncErrors.required(input, "resourceArn");
    Matcher matcher = RESOURCE.matcher(arn);
    if (!matcher.matches()) {
      throw AppSyncErrors.badRequest(
          "'resourceArn' must be the ARN of an Event API or of a channel namespace, not '"
              + arn
              + "'.");
    }
    if (!store.get(matcher.group("id")).stored().arn().equals(matcher.group("api"))) {
      throw AppSyncErrors.notFound("The resource " + arn);
    }
    String namespace = matcher.group("namespace");
    return new Resource(arn, matcher.group("id"), namespace == null ? "" : namespace);
  }

  /** The resource of an ARN; {@code namespace} is empty for the API itself. */
  private record Resource(String arn, String apiId, String namespace) {
    Map<String, String> tags(ApiRecord api) {
      if (namespace.isEmpty()) {
        return api.tags();
      }
      NamespaceRecord found = api.namespaces().get(namespace);
      if (found == null) {
        throw AppSyncErrors.notFound("The resource " + arn);
      }
      return found.tags();
    }
  }
}
