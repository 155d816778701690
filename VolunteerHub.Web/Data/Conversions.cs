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

/// <summary>Stretches of time are stored as pairs of ticks, exactly.</summary>
public sealed class SpansConverter() : ValueConverter<IReadOnlyList<TimeSlot>, string>(
    spans => string.Join(' ', spans.Select(s => $"{s.Start.UtcTicks}-{s.End.UtcTicks}")),
    stored => stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList())
{
    public static ValueComparer<IReadOnlyList<TimeSlot>> Comparer { get; } = new(
        (a, b) => a!.SequenceEqual(b!), spans => spans.Aggregate(0, (hash, s) => HashCode.Combine(hash, s)), spans => spans);

    private static TimeSlot Read(string pair)
    {
        var ticks = pair.Split('-');
        return new TimeSlot(At(ticks[0]), At(ticks[1]));
    }

    private static DateTimeOffset At(string ticks) => new(long.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}

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

    /// <summary>Reads what such a column keeps.</summary>
    public static T Read<T>(string stored) where T : class => JsonSerializer.Deserialize<T>(stored, Options)!;

    /// <summary>Keeps an immutable value of the domain as JSON in one column.</summary>
    public static void StoredAsJson<T>(this PropertyBuilder<T> property) where T : class =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            text => Read<T>(text),
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                value => value));
}
