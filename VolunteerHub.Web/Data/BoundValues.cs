using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace VolunteerHub.Web.Data;

/// <summary>
/// The values of a statement, bound in order. What is stored reads the same as what the provider stores: ids in capitals, instants as UTC text.
/// </summary>
/// <typeparam name="T">Where they are bound: to a statement that is carried out, or to one that is kept for later.</typeparam>
internal abstract class BoundValues<T> where T : BoundValues<T>
{
    private const int GuidLength = 36;
    private const int OnStack = 256;
    private const int DateLength = 10;

    private static readonly StandardFormat RoundTrip = new('O');

    public abstract T Bind(long value);

    /// <summary>Text that is UTF-8 already.</summary>
    public abstract T BindText(ReadOnlySpan<byte> value);

    public abstract T BindBytes(ReadOnlySpan<byte> value);

    public abstract T BindNull();

    /// <summary>Ends the statement: carries it out, or has it kept.</summary>
    public abstract void Run();

    public virtual T Bind(Guid value)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        Utf8Formatter.TryFormat(value, text, out _);
        Ascii.ToUpperInPlace(text, out _);
        return BindText(text);
    }

    public T Bind(Guid? value) => value is { } id ? Bind(id) : BindNull();

    public virtual T Bind(DateTimeOffset value)
    {
        // The round-trip form, a blank for its T, and nothing of a second that is nought: "yyyy-MM-dd HH:mm:ss.FFFFFFF", at a third of its cost.
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(value.UtcDateTime, text, out var length, RoundTrip);
        text[DateLength] = (byte)' ';
        return BindText(text[..(length - 1)].TrimEnd((byte)'0').TrimEnd((byte)'.'));
    }

    public T Bind(DateTimeOffset? value) => value is { } at ? Bind(at) : BindNull();

    public T Bind(string? value)
    {
        if (value is null) return BindNull();
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var text = most <= OnStack ? stackalloc byte[most] : new byte[most];
        return BindText(text[..Encoding.UTF8.GetBytes(value, text)]);
    }
}
