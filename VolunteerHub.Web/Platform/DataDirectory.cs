namespace VolunteerHub.Web.Platform;

/// <summary>The one directory that holds what an installation must not lose: database, keys, backups.</summary>
public sealed class DataDirectory
{
    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        foreach (var folder in new[] { Root, KeyRing, Backups, Work })
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Root { get; }

    public string Database => Path.Combine(Root, "hub.db");

    /// <summary>Keys that sign cookies and forms.</summary>
    public string KeyRing => Path.Combine(Root, "keys");

    /// <summary>The key that protects personal data. Whoever holds the database without it reads no phone number.</summary>
    public string ProtectionKey => Path.Combine(Root, "protection-key.json");

    public string Backups => Path.Combine(Root, "backups");

    /// <summary>Files that are needed while somebody works with them; what a killed app leaves here is deleted at the next start.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>A name for such a file, in no use.</summary>
    public string NewWorkFile() => Path.Combine(Work, Guid.CreateVersion7().ToString("N"));

    public string MigrationLock => Path.Combine(Root, "migration.lock");

    /// <summary>
    /// Reads <c>VolunteerHub:DataDirectory</c>, relative to the app's folder; without it the folder <c>data</c> beside the app.
    /// </summary>
    public static DataDirectory From(IConfiguration configuration, IHostEnvironment environment) =>
        new(Path.Combine(environment.ContentRootPath, configuration["VolunteerHub:DataDirectory"] ?? "data"));
}
