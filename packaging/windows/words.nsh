; What Setup and Uninstall say beyond their pages, in each language. Almanac itself speaks English.
!macro Words LANGUAGE OPEN TERMINAL FOLDER SPACE OLD REMOVE
  LangString IS_OPEN ${LANG_${LANGUAGE}} "${OPEN}"
  LangString IN_TERMINAL ${LANG_${LANGUAGE}} "${TERMINAL}"
  LangString NO_FOLDER ${LANG_${LANGUAGE}} "${FOLDER}"
  LangString NO_SPACE ${LANG_${LANGUAGE}} "${SPACE}"
  LangString TOO_OLD ${LANG_${LANGUAGE}} "${OLD}"
  LangString REMOVE_WORK ${LANG_${LANGUAGE}} "${REMOVE}"
!macroend
!insertmacro Words ENGLISH \
  "Almanac is open. It will be closed now; it asks first if something is not saved." \
  "Almanac is still open or works in a terminal. Please close it, then try again." \
  "You may not write to $INSTDIR. Please choose another folder." \
  "The disk of $INSTDIR is nearly full: Almanac needs ${NEEDED_MB} MB. Please make room, or choose another disk." \
  "Almanac needs Windows 10 (version 1703) or newer, 64 bits. Nothing was installed." \
  "Also remove your settings, adjustments and earlier forecasts? Your spreadsheets stay in any case."
!insertmacro Words GERMAN \
  "Almanac ist geöffnet. Es wird jetzt geschlossen; was nicht gespeichert ist, wird vorher gefragt." \
  "Almanac ist noch geöffnet oder arbeitet in einem Terminal. Bitte schließen Sie es und versuchen Sie es noch einmal." \
  "Sie dürfen nicht nach $INSTDIR schreiben. Bitte wählen Sie einen anderen Ordner." \
  "Der Datenträger von $INSTDIR ist fast voll: Almanac braucht ${NEEDED_MB} MB. Bitte schaffen Sie Platz oder wählen Sie einen anderen." \
  "Almanac braucht Windows 10 (Version 1703) oder neuer, 64 Bit. Es wurde nichts installiert." \
  "Auch Ihre Einstellungen, Anpassungen und früheren Prognosen entfernen? Ihre Tabellen bleiben in jedem Fall."
!insertmacro Words FRENCH \
  "Almanac est ouvert. Il va être fermé ; il demande d’abord si quelque chose n’est pas enregistré." \
  "Almanac est encore ouvert ou travaille dans un terminal. Veuillez le fermer, puis réessayer." \
  "Vous ne pouvez pas écrire dans $INSTDIR. Veuillez choisir un autre dossier." \
  "Le disque de $INSTDIR est presque plein : Almanac a besoin de ${NEEDED_MB} Mo. Faites de la place ou choisissez un autre disque." \
  "Almanac a besoin de Windows 10 (version 1703) ou plus récent, 64 bits. Rien n’a été installé." \
  "Supprimer aussi vos réglages, ajustements et prévisions précédentes ? Vos tableurs restent dans tous les cas."
!insertmacro Words SPANISH \
  "Almanac está abierto. Se cerrará ahora; antes pregunta si algo no está guardado." \
  "Almanac sigue abierto o trabaja en una terminal. Ciérrelo y vuelva a intentarlo." \
  "No puede escribir en $INSTDIR. Elija otra carpeta." \
  "El disco de $INSTDIR está casi lleno: Almanac necesita ${NEEDED_MB} MB. Libere espacio o elija otro disco." \
  "Almanac necesita Windows 10 (versión 1703) o posterior, de 64 bits. No se instaló nada." \
  "¿Eliminar también sus ajustes, cambios y previsiones anteriores? Sus hojas de cálculo se conservan en todo caso."
