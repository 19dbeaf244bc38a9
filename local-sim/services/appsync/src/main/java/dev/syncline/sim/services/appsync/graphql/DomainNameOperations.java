// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Custom domain names, and the APIs behind them. Certificates are not looked at. Thread-safe.
 *
 * @param account 12 digits
 * @param requireApi throws for an id that no API has
 */
public record DomainNameOperations(
    DomainNameStore store, Ids ids, String account, String region, Consumer<String> requireApi) {
  private static final int MAX_NAME = 253;
  private static final int MAX_DESCRIPTION = 255;
  private static final Pattern NAME = Pattern.compile("(\\*[\\w-]*\\.)?([\\w-]+\\.)+[\\w-]+");
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "arn:[a-z-]*:(acm|iam):[a-z0-9-]*:\\d{12}:(certificate|server-certificate)/[0-9A-Za-z_/-]*");
  private static final String ALL = "/v1/domainnames";
  private static final String ONE = ALL + "/{domainName}";
  private static final String ASSOCIATION = ONE + "/apiassociation";
  private static final String DOMAIN = "domainName";

  /** The operations. */
  public List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateDomainName: domainName, certificateArn, description, tags",
            HttpBinding.post(ALL),
            this::create),
        Operation.rest("GetDomainName", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateDomainName: description", HttpBinding.post(ONE), this::update),
        Operation.rest("DeleteDomainName", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListDomainNames: nextToken, maxResults", HttpBinding.get(ALL), this::listNames),
        Operation.rest("AssociateApi: apiId", HttpBinding.post(ASSOCIATION), this::associate),
        Operation.rest("GetApiAssociation", HttpBinding.get(ASSOCIATION), this::association),
        Operation.rest("DisassociateApi", HttpBinding.delete(ASSOCIATION), this::disassociate));
  }

  private Output create(Input input, CallContext context) {
    String name = name(input);
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest(
          "'domainName' must be a domain name of at most "
              + MAX_NAME
              + " characters, got '"
              + name
              + "'.");
    }
    String certificate = AppSyncErrors.required(input, "certificateArn");
    if (!CERTIFICATE.matcher(certificate).matches()) {
      throw AppSyncErrors.badRequest(
          "'certificateArn' must be the ARN of a certificate, got '" + certificate + "'.");
    }
    return answer(
        store.add(
            new DomainNameRecord(
                name,
                Arn.aws("appsync", region, account, "domainnames/" + name),
                certificate,
                description(input),
                "d" + ids.lowerAlphanumeric(13) + ".cloudfront.net",
                AppSyncTags.read(input),
                null)));
  }

  private Output get(Input input, CallContext context) {
    return answer(store.get(name(input)));
  }

  private Output update(Input input, CallContext context) {
    String description = description(input);
    return answer(store.update(name(input), one -> one.withDescription(description)));
  }

  private Output delete(Input input, CallContext context) {
    store.delete(name(input));
    return Output.empty();
  }

  private Output listNames(Input input, CallContext context) {
    return Output.of(
        AppSyncPages.page(input, "domainNameConfigs", store.all(), DomainNameRecord::json));
  }

  private Output associate(Input input, CallContext context) {
    String apiId = AppSyncErrors.required(input, "apiId");
    requireApi.accept(apiId);
    return association(
        store.update(
            name(input),
            one -> {
              if (one.apiId() != null && !one.apiId().equals(apiId)) {
                throw AppSyncErrors.badRequest(
                    "The domain name "
                        + one.domainName()
                        + " is associated with the API "
                        + one.apiId()
                        + ".");
              }
              return one.withApi(apiId);
            }));
  }

  private Output association(Input input, CallContext context) {
    return association(associated(store.get(name(input))));
  }

  private Output disassociate(Input input, CallContext context) {
    store.update(name(input), one -> associated(one).withApi(null));
    return Output.empty();
  }

  private static DomainNameRecord associated(DomainNameRecord one) {
    if (one.apiId() == null) {
      throw AppSyncErrors.missing(
          "The domain name " + one.domainName() + " is not associated with an API.");
    }
    return one;
  }

  private static String name(Input input) {
    return AppSyncErrors.required(input, DOMAIN).toLowerCase(Locale.ROOT);
  }

  private static @Nullable String description(Input input) {
    String description = input.text("description").orElse(null);
    if (description != null && description.length() > MAX_DESCRIPTION) {
      throw AppSyncErrors.badRequest(
          "'description' must have at most " + MAX_DESCRIPTION + " characters.");
    }
    return description;
  }

  private static Output answer(DomainNameRecord one) {
    return Output.of(Json.object().set("domainNameConfig", one.json()));
  }

  private static Output association(DomainNameRecord one) {
    return Output.of(Json.object().set("apiAssociation", one.association()));
  }
}
