// SPDX-License-Identifier: Apache-2.0
/** CloudFormation types of HTTP APIs. */
@NullMarked
package dev.syncline.sim.services.apigatewayv2.resources;

import org.jspecify.annotations.NullMarked;
