// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What resolvers know of the request.
 *
 * @param requestId the id in {@code x-amzn-requestid}
 * @param authType the value of {@code util.authType()}, such as {@code API Key Authorization}
 * @param identity {@code ctx.identity}; a null node for API keys
 * @param headers {@code ctx.request.headers}, names in lower case
 * @param domainName the custom domain; null without one
 * @param environment {@code ctx.env}
 * @param effects takes what resolvers do beside returning a value
 */
public record RequestContext(
    String requestId,
    String authType,
    JsonNode identity,
    ObjectNode headers,
    @Nullable String domainName,
    ObjectNode environment,
    RequestEffects effects) {}
