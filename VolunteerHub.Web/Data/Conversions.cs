using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Data;

/// <summary>Instants are stored as UTC.</summary>
public sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

/// <summary>An encrypted text is stored as its cipher.</summary>
public sealed class ProtectedTextConverter() : ValueConverter<ProtectedText, string>(text => text.Cipher, stored => new ProtectedText(stored));

/// <summary>Stores a typed id as the GUID that it is.</summary>
/// <typeparam name="TId">The id type.</typeparam>
public sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, ITypedId<TId>
{
    private static TId Make(Guid value) => TId.Of(value);
}

/// <summary>Tells EF Core of every typed id of the domain.</summary>
public static class TypedIds
{
    public static void Convert(ModelConfigurationBuilder configuration)
    {
        var ids = typeof(RunId).Assembly.GetTypes()
            .Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)));
        foreach (var id in ids) configuration.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
    }
}

internal static class JsonColumn
{
    // Choices are kept by name: their order may change.
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Keeps an immutable value of the domain as JSON in one column.</summary>
    public static void StoredAsJson<T>(this PropertyBuilder<T> property) where T : class =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                value => value));
}
