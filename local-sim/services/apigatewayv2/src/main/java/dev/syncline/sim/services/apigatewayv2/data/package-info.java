// SPDX-License-Identifier: Apache-2.0
/**
 * The data plane of HTTP APIs. {@code HttpApiEndpoint} finds API, stage and route, {@code
 * RouteAuthorizer} decides, {@code HttpIntegrations} calls, {@code HttpApiCors} answers browsers.
 */
@NullMarked
package dev.syncline.sim.services.apigatewayv2.data;

import org.jspecify.annotations.NullMarked;
