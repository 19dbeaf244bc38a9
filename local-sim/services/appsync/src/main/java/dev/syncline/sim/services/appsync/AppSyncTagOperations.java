// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import dev.syncline.sim.services.appsync.graphql.DomainNameStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tags of APIs, channel namespaces and domain names. Thread-safe. */
record AppSyncTagOperations(SharedApis apis, DomainNameStore domains) {
  private static final String URI = "/v1/tags/{resourceArn}";
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?<api>.+:apis/(?<id>[^/]+))(/channelNamespace/(?<namespace>[^/]+))?"
              + "|.+:domainnames/(?<domain>[^/]+)");

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
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("tags", AppSyncTags.json(resource(input).tags().get()));
    return Output.of(answer);
  }

  private void change(Input input, UnaryOperator<Map<String, String>> change) {
    resource(input).change().accept(change);
  }

  private Resource resource(Input input) {
    String arn = AppSyncErrors.required(input, "resourceArn");
    Matcher matcher = RESOURCE.matcher(arn);
    if (!matcher.matches()) {
      throw AppSyncErrors.badRequest(
          "'resourceArn' must be the ARN of an API, a channel namespace or a domain name, not '"
              + arn
              + "'.");
    }
    String domain = matcher.group("domain");
    if (domain != null) {
      return domain(arn, domain);
    }
    String id = matcher.group("id");
    String namespace = matcher.group("namespace");
    Optional<GraphqlApiRecord> graphql = apis.graphql().find(id);
    String apiArn =
        graphql.map(GraphqlApiRecord::arn).orElseGet(() -> apis.events().get(id).stored().arn());
    if (!apiArn.equals(matcher.group("api")) || (graphql.isPresent() && namespace != null)) {
      throw unknown(arn);
    }
    return graphql.isPresent() ? graphql(id) : events(arn, id, namespace);
  }

  private Resource domain(String arn, String name) {
    if (!domains.arn(name).equals(arn)) {
      throw unknown(arn);
    }
    return new Resource(() -> domains.tags(name), change -> domains.changeTags(name, change));
  }

  private Resource graphql(String id) {
    return new Resource(
        () -> apis.graphql().get(id).tags(),
        change -> apis.graphql().update(id, api -> api.withTags(change.apply(api.tags()))));
  }

  private Resource events(String arn, String id, @Nullable String namespace) {
    if (namespace == null) {
      return new Resource(
          () -> apis.events().get(id).stored().tags(),
          change -> apis.events().update(id, api -> api.withTags(change.apply(api.tags()))));
    }
    return new Resource(
        () -> namespace(apis.events().get(id).stored(), namespace, arn).tags(),
        change ->
            apis.events()
                .update(
                    id,
                    api -> {
                      NamespaceRecord before = namespace(api, namespace, arn);
                      var namespaces = new TreeMap<>(api.namespaces());
                      namespaces.put(namespace, before.withTags(change.apply(before.tags())));
                      return api.withNamespaces(namespaces);
                    }));
  }

  private static NamespaceRecord namespace(ApiRecord api, String name, String arn) {
    NamespaceRecord found = api.namespaces().get(name);
    if (found == null) {
      throw unknown(arn);
    }
    return found;
  }

  private static AwsException unknown(String arn) {
    return AppSyncErrors.notFound("The resource " + arn);
  }

  /** How tags of a resource are read and changed; both throw when it does not exist. */
  private record Resource(
      Supplier<Map<String, String>> tags, Consumer<UnaryOperator<Map<String, String>>> change) {}
}
