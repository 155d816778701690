using System.Security.Cryptography;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Cards;

/// <summary>
/// 我的签到码: sixteen letters and digits that are told apart in print and typed by any scanner or keyboard (Crockford's base 32).
/// Only a hash of it is kept; it names a person at a door and is no key to anything.
/// </summary>
public static class PersonalCode
{
    private const int Length = 16;
    private const int Group = 4;

    public static string New() => RandomNumberGenerator.GetString(Crockford.Digits, Length);

    /// <summary>As it is printed: in groups of four.</summary>
    public static string Shown(string code) => string.Join(' ', code.Chunk(Group).Select(part => new string(part)));

    /// <summary>What a scanner or a person typed, as it is hashed; null where it cannot be a code.</summary>
    public static string? Read(string? typed) => Crockford.Read(typed, Length);

    public static string HashOf(string code) => SecretToken.HashOf("card:" + code);
}
