using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace VolunteerHub.Web.Features.CheckIn.Contract;

/// <summary>The description of the check-in contract: what devices and programs may send, and what they are answered.</summary>
public static class ContractSetup
{
    private const string Device = "device";

    public static void AddHubContract(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "VolunteerHub check-in",
                Version = "1",
                Description = "Every moment carries a request id of its own: sent again, it is answered as before and changes nothing. "
                    + "A moment is judged at once, or (queued) a fact that happened while nobody could be asked: accepted with its doubts, or kept for review.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Device] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token that pairing answers." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ByDevice>().Any())
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Device, context.Document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(CheckInProblem) && schema.Properties?["type"] is OpenApiSchema type)
                type.Enum = [.. CheckInProblems.Table.Values.Select(p => p.Slug).Distinct().Order(StringComparer.Ordinal).Select(slug => (JsonNode)slug)];
            return Task.CompletedTask;
        });
    });

    public static void MapHubContract(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous();
}

/// <summary>Marks an end point that a paired device asks with its token.</summary>
public sealed class ByDevice;
