// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.util.List;

/** The operations on OpenID Connect providers. Thread-safe. */
record OidcProviderOperations(RecordFactory factory, IamStore store) {
  private static final String HTTPS = "https://";
  private static final int MAX_PROVIDERS = 100;
  private static final int MAX_CLIENT_IDS = 100;
  private static final int MAX_THUMBPRINTS = 5;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateOpenIDConnectProvider: Url, ClientIDList, ThumbprintList, Tags",
            store.exclusive(this::create)),
        Operation.of(
            "GetOpenIDConnectProvider: OpenIDConnectProviderArn", store.exclusive(this::get)),
        Operation.of("ListOpenIDConnectProviders", store.exclusive(this::list)),
        Operation.of(
            "DeleteOpenIDConnectProvider: OpenIDConnectProviderArn", store.exclusive(this::delete)),
        Operation.of(
            "AddClientIDToOpenIDConnectProvider: OpenIDConnectProviderArn, ClientID",
            store.exclusive(this::addClient)),
        Operation.of(
            "RemoveClientIDFromOpenIDConnectProvider: OpenIDConnectProviderArn, ClientID",
            store.exclusive(this::removeClient)),
        Operation.of(
            "UpdateOpenIDConnectProviderThumbprint: OpenIDConnectProviderArn, ThumbprintList",
            store.exclusive(this::updateThumbprints)),
        Operation.of(
            "TagOpenIDConnectProvider: OpenIDConnectProviderArn, Tags",
            store.exclusive(input -> Tags.add(input, provider(input).tags))),
        Operation.of(
            "UntagOpenIDConnectProvider: OpenIDConnectProviderArn, TagKeys",
            store.exclusive(input -> Tags.remove(input, provider(input).tags))),
        Operation.of(
            "ListOpenIDConnectProviderTags: OpenIDConnectProviderArn, Marker, MaxItems",
            store.exclusive(
                input ->
                    IamPages.list(
                        input, "Tags", IamJson.entries(provider(input).tags), IamJson::tag))));
  }

  private Output create(Input input) {
    String given = input.requiredText("Url");
    if (!given.startsWith(HTTPS) || given.length() == HTTPS.length()) {
      throw IamErrors.invalidProviderUrl();
    }
    String url = given.substring(HTTPS.length()).replaceAll("/$", "");
    String arn = IamArns.of(factory.account(), "oidc-provider/" + url);
    if (store.providers.find(arn).isPresent()) {
      throw IamErrors.providerExists(given);
    }
    if (store.providers.all().size() >= MAX_PROVIDERS) {
      throw IamErrors.quota("OpenIdConnectProvidersPerAccount", MAX_PROVIDERS);
    }
    List<String> clients = input.texts("ClientIDList");
    if (clients.size() > MAX_CLIENT_IDS) {
      throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", MAX_CLIENT_IDS);
    }
    var provider = new OidcProviderRecord(arn, url, factory.now());
    provider.clientIds.addAll(clients);
    provider.thumbprints.addAll(thumbprints(input));
    provider.tags.putAll(Tags.read(input, "Tags"));
    store.providers.put(arn, provider);
    ObjectNode answer = Json.object().put("OpenIDConnectProviderArn", arn);
    IamJson.addTags(answer, provider.tags);
    return Output.of(answer);
  }

  private Output get(Input input) {
    OidcProviderRecord provider = provider(input);
    ObjectNode answer = Json.object().put("Url", provider.url);
    provider.clientIds.forEach(answer.putArray("ClientIDList")::add);
    provider.thumbprints.forEach(answer.putArray("ThumbprintList")::add);
    answer.put("CreateDate", provider.created.toString());
    IamJson.addTags(answer, provider.tags);
    return Output.of(answer);
  }

  private Output list(Input input) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("OpenIDConnectProviderList");
    store.providers.all().forEach(each -> list.addObject().put("Arn", each.arn));
    return Output.of(answer);
  }

  private Output delete(Input input) {
    store.providers.remove(provider(input).arn);
    return Output.empty();
  }

  private Output addClient(Input input) {
    OidcProviderRecord provider = provider(input);
    String client = input.requiredText("ClientID");
    if (!provider.clientIds.contains(client)) {
      if (provider.clientIds.size() >= MAX_CLIENT_IDS) {
        throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", MAX_CLIENT_IDS);
      }
      provider.clientIds.add(client);
    }
    return Output.empty();
  }

  private Output removeClient(Input input) {
    provider(input).clientIds.remove(input.requiredText("ClientID"));
    return Output.empty();
  }

  private Output updateThumbprints(Input input) {
    OidcProviderRecord provider = provider(input);
    List<String> thumbprints = thumbprints(input);
    provider.thumbprints.clear();
    provider.thumbprints.addAll(thumbprints);
    return Output.empty();
  }

  private static List<String> thumbprints(Input input) {
    List<String> thumbprints = input.texts("ThumbprintList");
    if (thumbprints.size() > MAX_THUMBPRINTS) {
      throw IamErrors.quota("ThumbprintsPerOpenIdConnectProvider", MAX_THUMBPRINTS);
    }
    return thumbprints;
  }

  private OidcProviderRecord provider(Input input) {
    return store.providers.get(input.requiredText("OpenIDConnectProviderArn"));
  }
}
