import { jsonSchemaTransform } from "fastify-type-provider-zod";

type Transform = typeof jsonSchemaTransform;

interface Query {
  properties?: object;
  additionalProperties?: object | boolean;
}

/** A row's schemas as the API document says them. */
export const describeRoute: Transform = (given) => {
  const { schema, url } = jsonSchemaTransform(given);
  const told = { ...schema };
  const querystring = told.querystring as Query | undefined;
  // The document has a parameter for each property: a query of any names is one, spread out.
  if (querystring && !querystring.properties && querystring.additionalProperties) {
    told.querystring = { type: "object", style: "form", explode: true, properties: { fields: querystring } };
  }
  if (told.consumes) told.body = { type: "string", format: "binary" };
  return { schema: told, url };
};
