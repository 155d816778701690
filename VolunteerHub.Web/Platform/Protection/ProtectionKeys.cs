using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>
/// The keys that protect personal data, derived (HKDF, RFC 5869) from one secret that lies in the data directory
/// and never in the database. Each use has a key of its own.
/// </summary>
public sealed class ProtectionKeys
{
    private ProtectionKeys(string id, byte[] secret)
    {
        Id = id;
        Encryption = Derive(secret, "field-encryption");
        Index = Derive(secret, "blind-index");
        Pin = Derive(secret, "check-in-pin");
        CheckInCode = Derive(secret, "check-in-code");
        Receipt = Derive(secret, "check-in-receipt");
    }

    /// <summary>Names the secret in what it encrypted.</summary>
    public string Id { get; }

    public byte[] Encryption { get; }

    public byte[] Index { get; }

    public byte[] Pin { get; }

    public byte[] CheckInCode { get; }

    public byte[] Receipt { get; }

    /// <summary>Opens the key file, or makes it where the installation is new.</summary>
    /// <exception cref="InvalidOperationException">A database is there and its key file is not: its data could not be read.</exception>
    public static ProtectionKeys Open(DataDirectory directory)
    {
        if (!File.Exists(directory.ProtectionKey))
        {
            if (File.Exists(directory.Database))
                throw new InvalidOperationException($"{directory.ProtectionKey} is missing: without it the personal data in {directory.Database} cannot be read. Restore it from the backup of the data directory.");
            Create(directory.ProtectionKey);
        }

        var stored = JsonSerializer.Deserialize<StoredKey>(File.ReadAllText(directory.ProtectionKey))
            ?? throw new InvalidOperationException($"{directory.ProtectionKey} holds no key.");
        return new(stored.Id, Convert.FromBase64String(stored.Secret));
    }

    private static void Create(string path)
    {
        var stored = new StoredKey(Convert.ToHexString(RandomNumberGenerator.GetBytes(4)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, stored);
        file.Flush(flushToDisk: true);
    }

    private static byte[] Derive(byte[] secret, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.ASCII.GetBytes(use));

    private sealed record StoredKey(string Id, string Secret);
}
